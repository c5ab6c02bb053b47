using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volatility;

/// <summary>Average true range (Wilder).</summary>
internal sealed class Atr(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "atr",
        Title = "Average true range",
        Formula = "Wilder's average of the true range, the first being the mean of the first n; atrp = 100·atr/close",
        Source = "Wilder 1978; Stock.Indicators ToAtr",
        Inputs = Inputs.High | Inputs.Low | Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14)],
        Fields = ["atr", "atrp", "tr"],
        WarmUp = static p => [(int)p[0], (int)p[0], 1],
        Factory = static p => new Atr((int)p[0]),
    };

    private readonly TrueRange range = new();
    private readonly WilderAverage average = new(periods);

    public override void Reset()
    {
        range.Reset();
        average.Reset();
    }

    /// <summary>The average after this bar; NaN while it warms up.</summary>
    public double Next(in Bar bar) => Average(range.Next(bar));

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields[2] = range.Next(bar);
        fields[0] = Average(fields[2]);
        fields[1] = 100 * fields[0] / bar.Close;
    }

    private double Average(double trueRange) => double.IsNaN(trueRange) ? double.NaN : average.Next(trueRange);
}
