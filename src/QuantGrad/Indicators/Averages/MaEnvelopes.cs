using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Averages;

/// <summary>Bands a fixed percentage around a moving average.</summary>
internal sealed class MaEnvelopes(ValueIndicator average, double percentOffset) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "ma_envelopes",
        Title = "Moving average envelopes",
        Formula = "centre·(1 ± p/100), centre the moving average of the chosen type",
        Source = "Stock.Indicators ToMaEnvelopes",
        Inputs = Inputs.Close,
        Parameters =
        [
            IndicatorParameter.Bars("lookback_periods", min: 2, example: 20),
            IndicatorParameter.Real("percent_offset", 2.5, 0.001, 1000),
            IndicatorParameter.Choice("ma_type", "sma", "alma", "dema", "epma", "ema", "hma", "smma", "tema", "wma"),
        ],
        Fields = ["centerline", "upper_envelope", "lower_envelope"],
        Aliases = ["ma_env"],
        WarmUp = static p => [(int)p[0] - 1 + (p[2] == 5 ? (int)Math.Sqrt(p[0]) - 1 : 0)],
        Factory = static p => new MaEnvelopes(MovingAverage((int)p[2], (int)p[0]), p[1]),
    };

    public override void Reset() => average.Reset();

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var centre = average.Next(bar.Close);
        fields[0] = centre;
        fields[1] = centre + centre * percentOffset / 100;
        fields[2] = centre - centre * percentOffset / 100;
    }

    private static ValueIndicator MovingAverage(int type, int periods) => type switch
    {
        0 => new Sma(periods),
        1 => new Alma(periods, 0.85, 6),
        2 => new Dema(periods),
        3 => new Epma(periods),
        4 => new Ema(periods),
        5 => new Hma(periods),
        6 => new Smma(periods),
        7 => new Tema(periods),
        _ => new Wma(periods),
    };
}
