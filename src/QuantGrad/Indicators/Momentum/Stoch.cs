using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Stochastic oscillator (Lane).</summary>
internal sealed class Stoch(int periods, int signalPeriods, int smoothPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "stoch",
        Title = "Stochastic oscillator",
        Formula = "%K = sma(100·(close − LL)/(HH − LL), smooth), %D = sma(%K, signal), %J = 3%K − 2%D; NaN where HH = LL",
        Source = "Lane; Stock.Indicators ToStoch",
        Inputs = Inputs.High | Inputs.Low | Inputs.Close,
        Parameters =
        [
            IndicatorParameter.Bars("lookback_periods", 14), IndicatorParameter.Bars("signal_periods", 3), IndicatorParameter.Bars("smooth_periods", 3),
        ],
        Fields = ["oscillator", "signal", "percent_j"],
        FieldAliases = [("k", "oscillator"), ("d", "signal"), ("j", "percent_j")],
        Bounds = (0, 100),
        WarmUp = static p => [(int)(p[0] + p[2]) - 2, (int)(p[0] + p[1] + p[2]) - 3, (int)(p[0] + p[1] + p[2]) - 3],
        Factory = static p => new Stoch((int)p[0], (int)p[1], (int)p[2]),
    };

    private readonly StochasticPosition position = new(periods);
    private readonly Sma smooth = new(smoothPeriods);
    private readonly Sma signal = new(signalPeriods);

    public override void Reset()
    {
        position.Reset();
        smooth.Reset();
        signal.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields[0] = smooth.Next(position.Next(bar.High, bar.Low, bar.Close));
        fields[1] = signal.Next(fields[0]);
        fields[2] = 3 * fields[0] - 2 * fields[1];
    }
}
