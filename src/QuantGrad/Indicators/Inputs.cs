namespace QuantGrad.Indicators;

/// <summary>The parts of a bar that an indicator reads.</summary>
[Flags]
public enum Inputs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The close, or the value of any series: an indicator that reads only this is chainable.</summary>
    Close = 1,

    /// <summary>The open.</summary>
    Open = 2,

    /// <summary>The high.</summary>
    High = 4,

    /// <summary>The low.</summary>
    Low = 8,

    /// <summary>The volume.</summary>
    Volume = 16,

    /// <summary>High and low.</summary>
    HighLow = High | Low,

    /// <summary>High, low and close.</summary>
    HighLowClose = High | Low | Close,

    /// <summary>All prices.</summary>
    Prices = Open | High | Low | Close,

    /// <summary>High, low, close and volume.</summary>
    HighLowCloseVolume = High | Low | Close | Volume,

    /// <summary>A second series beside the first; it travels in the bar's open.</summary>
    Second = 32 | Open,
}
