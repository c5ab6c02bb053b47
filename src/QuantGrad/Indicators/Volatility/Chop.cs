using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volatility;

/// <summary>Dreiss' choppiness index.</summary>
internal sealed class Chop(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "chop",
        Title = "Choppiness index",
        Formula = "100·log₁₀(Σ true range/(highest true high − lowest true low))/log₁₀ n; NaN without a range",
        Source = "Dreiss 1993; Stock.Indicators ToChop",
        Inputs = Inputs.HighLowClose,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14, min: 2)],
        Fields = ["chop"],
        Bounds = (0, 100),
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new Chop((int)p[0]),
    };

    private readonly SlidingWindow<Sum> ranges = new(periods);
    private readonly SlidingWindow<Highest> highest = new(periods);
    private readonly SlidingWindow<Lowest> lowest = new(periods);
    private double previous = double.NaN;

    public override void Reset()
    {
        ranges.Reset();
        highest.Reset();
        lowest.Reset();
        previous = double.NaN;
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var before = previous;
        previous = bar.Close;
        fields[0] = double.NaN;
        if (double.IsNaN(before)) return;
        var (high, low) = (Math.Max(bar.High, before), Math.Min(bar.Low, before));
        highest.Push(high);
        lowest.Push(low);
        if (!ranges.Push(high - low)) return;
        fields[0] = 100 * Math.Log10(ranges.Value.Total / (highest.Value.Value - lowest.Value.Value)) / Math.Log10(periods);
    }
}
