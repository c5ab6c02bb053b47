using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volume;

/// <summary>Granville's on-balance volume.</summary>
internal sealed class Obv() : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "obv",
        Title = "On-balance volume",
        Formula = "running sum of the volume, added where the close rose and taken away where it fell; 0 at the first bar",
        Source = "Granville 1963; Stock.Indicators ToObv",
        Inputs = Inputs.Close | Inputs.Volume,
        Fields = ["obv"],
        WarmUp = static _ => [0],
        Factory = static _ => new Obv(),
    };

    private double total;
    private double previous = double.NaN;

    public override void Reset() => (total, previous) = (0, double.NaN);

    protected override void Next(in Bar bar, Span<double> fields)
    {
        if (bar.Close > previous) total += bar.Volume;
        else if (bar.Close < previous) total -= bar.Volume;
        previous = bar.Close;
        fields[0] = total;
    }
}
