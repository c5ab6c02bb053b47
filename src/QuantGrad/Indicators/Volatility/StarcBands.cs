using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volatility;

/// <summary>Stoller's average range channel.</summary>
internal sealed class StarcBands(int smaPeriods, double multiplier, int atrPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "starc_bands",
        Title = "STARC bands",
        Formula = "sma(close) ± m·atr",
        Source = "Stoller; Stock.Indicators ToStarcBands",
        Inputs = Inputs.HighLowClose,
        Parameters =
        [
            IndicatorParameter.Bars("sma_periods", 5, min: 2),
            IndicatorParameter.Real("multiplier", 2, 0.001, 1000),
            IndicatorParameter.Bars("atr_periods", 10, min: 2),
        ],
        Fields = ["centerline", "upper_band", "lower_band"],
        Aliases = ["starc"],
        WarmUp = static p => [(int)p[0] - 1, (int)Math.Max(p[0] - 1, p[2]), (int)Math.Max(p[0] - 1, p[2])],
        Factory = static p => new StarcBands((int)p[0], p[1], (int)p[2]),
    };

    private readonly Sma sma = new(smaPeriods);
    private readonly Atr atr = new(atrPeriods);

    public override void Reset()
    {
        sma.Reset();
        atr.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var centre = sma.Next(bar.Close);
        var distance = multiplier * atr.Next(bar);
        (fields[0], fields[1], fields[2]) = (centre, centre + distance, centre - distance);
    }
}
