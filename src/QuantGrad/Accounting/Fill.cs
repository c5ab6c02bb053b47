namespace QuantGrad.Accounting;

/// <summary>When the weights decided at the close of bar t take over (CONTRACT section 5).</summary>
public enum Fill
{
    /// <summary>At the open of bar t+1; the old weights, drifted, earn the gap from the close. Needs opens.</summary>
    NextOpen,

    /// <summary>At the close of bar t+1: everything one bar later than <see cref="Close"/>.</summary>
    NextClose,

    /// <summary>At the close of bar t itself: the academic convention.</summary>
    Close,
}
