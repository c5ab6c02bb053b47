using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volatility;

/// <summary>Wilder's true range; it starts at the second bar, since it needs the previous close.</summary>
internal sealed class TrueRange : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "tr",
        Aliases = ["true_range"],
        Title = "True range",
        Formula = "max(high − low, |high − previous close|, |low − previous close|)",
        Source = "Wilder 1978; Stock.Indicators ToTr",
        Inputs = Inputs.High | Inputs.Low | Inputs.Close,
        Fields = ["tr"],
        WarmUp = static _ => [1],
        Factory = static _ => new TrueRange(),
    };

    private double previousClose = double.NaN;

    public override void Reset() => previousClose = double.NaN;

    /// <summary>The bar's true range; NaN for the first bar.</summary>
    public double Next(in Bar bar)
    {
        var close = previousClose;
        previousClose = bar.Close;
        return Math.Max(bar.High - bar.Low, Math.Max(Math.Abs(bar.High - close), Math.Abs(bar.Low - close)));
    }

    protected override void Next(in Bar bar, Span<double> fields) => fields[0] = Next(bar);
}
