using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Trend;

/// <summary>Chande's Aroon.</summary>
internal sealed class Aroon(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "aroon",
        Title = "Aroon",
        Formula = "up = 100·(n − bars since the highest high)/n over n + 1 bars, down likewise of the lowest low, oscillator = up − down; of equal extremes the oldest",
        Source = "Chande 1995; Stock.Indicators ToAroon",
        Inputs = Inputs.HighLow,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 25)],
        Fields = ["oscillator", "aroon_up", "aroon_down"],
        Bounds = (-100, 100),
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new Aroon((int)p[0]),
    };

    private readonly SlidingWindow<Highest> highest = new(periods + 1);
    private readonly SlidingWindow<Lowest> lowest = new(periods + 1);

    public override void Reset()
    {
        highest.Reset();
        lowest.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        if (!(highest.Push(bar.High) & lowest.Push(bar.Low))) return;
        fields[1] = 100.0 * (periods - highest.Value.Age) / periods;
        fields[2] = 100.0 * (periods - lowest.Value.Age) / periods;
        fields[0] = fields[1] - fields[2];
    }
}
