using QuantGrad.Indicators.Averages;
using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Stochastic momentum index.</summary>
internal sealed class Smi(int lookbackPeriods, int firstSmoothPeriods, int secondSmoothPeriods, int signalPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "smi",
        Title = "Stochastic momentum index",
        Formula = "100·e₂(close − (HH + LL)/2)/(e₂(HH − LL)/2), e₂ two emas in a row from the first value; signal = ema of it",
        Source = "Blau 1993; Stock.Indicators ToSmi",
        Inputs = Inputs.HighLowClose,
        Parameters =
        [
            IndicatorParameter.Bars("lookback_periods", 13),
            IndicatorParameter.Bars("first_smooth_periods", 25),
            IndicatorParameter.Bars("second_smooth_periods", 2),
            IndicatorParameter.Bars("signal_periods", 3),
        ],
        Fields = ["smi", "signal"],
        Bounds = (-100, 100),
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Smi((int)p[0], (int)p[1], (int)p[2], (int)p[3]),
    };

    private readonly SlidingWindow<Highest> highest = new(lookbackPeriods);
    private readonly SlidingWindow<Lowest> lowest = new(lookbackPeriods);
    private readonly Ema[] distance = [Ema.FromFirst(firstSmoothPeriods), Ema.FromFirst(secondSmoothPeriods)];
    private readonly Ema[] range = [Ema.FromFirst(firstSmoothPeriods), Ema.FromFirst(secondSmoothPeriods)];
    private readonly Ema signal = Ema.FromFirst(signalPeriods);

    public override void Reset()
    {
        highest.Reset();
        lowest.Reset();
        signal.Reset();
        for (var i = 0; i < 2; i++)
        {
            distance[i].Reset();
            range[i].Reset();
        }
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        if (!(highest.Push(bar.High) & lowest.Push(bar.Low))) return;
        var (high, low) = (highest.Value.Value, lowest.Value.Value);
        var smoothDistance = distance[1].Next(distance[0].Next(bar.Close - (high + low) / 2));
        var smoothRange = range[1].Next(range[0].Next(high - low));
        if (!(smoothRange > 0)) return;
        fields[0] = 100 * smoothDistance / (smoothRange / 2);
        fields[1] = signal.Next(fields[0]);
    }
}
