using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Stochastic of the RSI.</summary>
internal sealed class StochRsi(int rsiPeriods, int stochPeriods, int signalPeriods, int smoothPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "stoch_rsi",
        Title = "Stochastic RSI",
        Formula = "sma(100·(rsi − lowest)/(highest − lowest), smooth); signal = sma of it; NaN where highest = lowest",
        Source = "Chande and Kroll 1994; Stock.Indicators ToStochRsi",
        Inputs = Inputs.Close,
        Parameters =
        [
            IndicatorParameter.Bars("rsi_periods", 14),
            IndicatorParameter.Bars("stoch_periods", 14, min: 2),
            IndicatorParameter.Bars("signal_periods", 3),
            IndicatorParameter.Bars("smooth_periods", 1),
        ],
        Fields = ["stoch_rsi", "signal"],
        Bounds = (0, 100),
        WarmUp = static p => [(int)(p[0] + p[1] + p[3]) - 2, (int)(p[0] + p[1] + p[2] + p[3]) - 3],
        Factory = static p => new StochRsi((int)p[0], (int)p[1], (int)p[2], (int)p[3]),
    };

    private readonly Rsi rsi = new(rsiPeriods);
    private readonly StochasticPosition position = new(stochPeriods);
    private readonly Sma smooth = new(smoothPeriods);
    private readonly Sma signal = new(signalPeriods);

    public override void Reset()
    {
        rsi.Reset();
        position.Reset();
        smooth.Reset();
        signal.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var strength = rsi.Next(bar.Close);
        fields[0] = smooth.Next(position.Next(strength, strength, strength));
        fields[1] = signal.Next(fields[0]);
    }
}
