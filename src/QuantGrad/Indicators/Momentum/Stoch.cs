using QuantGrad.Indicators.Averages;
using QuantGrad.Indicators.Windows;
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
        WarmUp = static p => [(int)(p[0] + p[2]) - 2, (int)(p[0] + p[1] + p[2]) - 3, (int)(p[0] + p[1] + p[2]) - 3],
        Factory = static p => new Stoch((int)p[0], (int)p[1], (int)p[2]),
    };

    private readonly SlidingWindow<Highest> highest = new(periods);
    private readonly SlidingWindow<Lowest> lowest = new(periods);
    private readonly Sma smooth = new(smoothPeriods);
    private readonly Sma signal = new(signalPeriods);

    public override void Reset()
    {
        highest.Reset();
        lowest.Reset();
        smooth.Reset();
        signal.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var raw = double.NaN;
        if (highest.Push(bar.High) & lowest.Push(bar.Low))
            raw = 100 * (bar.Close - lowest.Value.Value) / (highest.Value.Value - lowest.Value.Value);
        fields[0] = smooth.Next(raw);
        fields[1] = signal.Next(fields[0]);
        fields[2] = 3 * fields[0] - 2 * fields[1];
    }
}
