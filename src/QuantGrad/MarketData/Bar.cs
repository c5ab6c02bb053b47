namespace QuantGrad.MarketData;

/// <summary>One bar of one symbol, stamped at the moment it is complete.</summary>
/// <param name="Time">Date (daily bars, midnight UTC) or close time (intraday, UTC).</param>
/// <param name="Open">First price; NaN where the source has closes only.</param>
/// <param name="High">Highest price; NaN where the source has closes only.</param>
/// <param name="Low">Lowest price; NaN where the source has closes only.</param>
/// <param name="Close">Last price, adjusted where the source says so.</param>
/// <param name="Volume">Traded volume; NaN where the source has none.</param>
public readonly record struct Bar(DateTime Time, double Open, double High, double Low, double Close, double Volume)
{
    /// <summary>A bar that carries one value as its open, high, low and close: how an indicator reads any other series.</summary>
    public static Bar OfValue(DateTime time, double value) => new(time, value, value, value, value, double.NaN);
}
