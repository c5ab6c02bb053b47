using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volatility;

/// <summary>Keltner channel.</summary>
internal sealed class Keltner(int emaPeriods, double multiplier, int atrPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "keltner",
        Title = "Keltner channel",
        Formula = "ema(close) ± m·atr; width = (upper − lower)/centre",
        Source = "Keltner 1960, Raschke; Stock.Indicators ToKeltner",
        Inputs = Inputs.HighLowClose,
        Parameters =
        [
            IndicatorParameter.Bars("ema_periods", 20, min: 2),
            IndicatorParameter.Real("multiplier", 2, 0.001, 1000),
            IndicatorParameter.Bars("atr_periods", 10, min: 2),
        ],
        Fields = ["centerline", "upper_band", "lower_band", "width"],
        WarmUp = static p => [(int)Math.Max(p[0] - 1, p[2])],
        Factory = static p => new Keltner((int)p[0], p[1], (int)p[2]),
    };

    private readonly Ema ema = new(emaPeriods);
    private readonly Atr atr = new(atrPeriods);

    public override void Reset()
    {
        ema.Reset();
        atr.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var centre = ema.Next(bar.Close);
        var distance = multiplier * atr.Next(bar);
        var (upper, lower) = (centre + distance, centre - distance);
        (fields[0], fields[1], fields[2], fields[3]) = (double.IsNaN(distance) ? distance : centre, upper, lower, (upper - lower) / centre);
    }
}
