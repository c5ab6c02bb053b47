namespace QuantGrad.Accounting;

/// <summary>When a weight that was decided at the close of bar t is traded.</summary>
public enum FillConvention
{
    /// <summary>At the open of bar t+1: the default where the data has opens.</summary>
    NextOpen,

    /// <summary>At the close of bar t+1: the default where it has none.</summary>
    NextClose,

    /// <summary>At the very close that it was decided on: the academic convention, which must be asked for.</summary>
    Close,
}
