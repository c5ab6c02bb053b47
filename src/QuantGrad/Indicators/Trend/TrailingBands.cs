namespace QuantGrad.Indicators.Trend;

/// <summary>A stop on either side of the price: each only moves towards it, and the side changes when the close passes the stop.</summary>
internal sealed class TrailingBands
{
    private double upper = double.PositiveInfinity;
    private double lower = double.NegativeInfinity;
    private double previousClose = double.NaN;
    private bool isRising;
    private bool hasStarted;

    /// <summary>Takes the bar's close and candidate bands; writes the stop, and the band of its side alone.</summary>
    /// <param name="close">The bar's close.</param>
    /// <param name="upperCandidate">Where the upper band would stand without memory; NaN while it warms up.</param>
    /// <param name="lowerCandidate">Where the lower band would stand.</param>
    /// <param name="startsRising">The direction of the first bar that has bands.</param>
    /// <param name="fields">Receives stop, upper band, lower band.</param>
    public void Next(double close, double upperCandidate, double lowerCandidate, bool startsRising, Span<double> fields)
    {
        fields.Fill(double.NaN);
        var before = previousClose;
        previousClose = close;
        if (double.IsNaN(upperCandidate)) return;
        if (!hasStarted) (hasStarted, isRising) = (true, startsRising);
        if (upperCandidate < upper || before > upper) upper = upperCandidate;
        if (lowerCandidate > lower || before < lower) lower = lowerCandidate;
        isRising = close > (isRising ? lower : upper);
        fields[0] = isRising ? lower : upper;
        fields[isRising ? 2 : 1] = fields[0];
    }

    /// <summary>Forgets every bar.</summary>
    public void Reset() =>
        (upper, lower, previousClose, hasStarted) = (double.PositiveInfinity, double.NegativeInfinity, double.NaN, false);
}
