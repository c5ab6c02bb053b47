using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Statistics;

/// <summary>Correlation of two series.</summary>
internal sealed class Correlation(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "correlation",
        Title = "Correlation",
        Formula = "covariance/√(variance_a·variance_b) over n values, divisor n; r_squared its square; NaN where one is constant",
        Source = "Pearson; Stock.Indicators ToCorrelation",
        Inputs = Inputs.Close | Inputs.Second,
        Parameters = [IndicatorParameter.Bars("lookback_periods", min: 2, example: 20)],
        Fields = ["correlation", "variance_a", "variance_b", "covariance", "r_squared"],
        Aliases = ["corr"],
        Bounds = (-1, 1),
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Correlation((int)p[0]),
    };

    private readonly SlidingWindow<Comoments> window = new(periods);

    public override void Reset() => window.Reset();

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        if (!window.Push(Comoments.Of(bar.Close, bar.Open))) return;
        var both = window.Value;
        fields[1] = both.Xx / periods;
        fields[2] = both.Yy / periods;
        fields[3] = both.Xy / periods;
        if (!(both.Xx > 0 && both.Yy > 0)) return;
        fields[0] = both.Xy / Math.Sqrt(both.Xx * both.Yy);
        fields[4] = fields[0] * fields[0];
    }
}
