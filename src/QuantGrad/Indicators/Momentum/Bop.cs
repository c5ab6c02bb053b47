using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Balance of power.</summary>
internal sealed class Bop(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "bop",
        Title = "Balance of power",
        Formula = "sma of (close − open)/(high − low); NaN after a bar without range",
        Source = "Livshin 2001; Stock.Indicators ToBop",
        Inputs = Inputs.Prices,
        Parameters = [IndicatorParameter.Bars("smooth_periods", 14)],
        Fields = ["bop"],
        Bounds = (-1, 1),
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Bop((int)p[0]),
    };

    private readonly Sma smooth = new(periods);

    public override void Reset() => smooth.Reset();

    protected override void Next(in Bar bar, Span<double> fields) => fields[0] = smooth.Next((bar.Close - bar.Open) / (bar.High - bar.Low));
}
