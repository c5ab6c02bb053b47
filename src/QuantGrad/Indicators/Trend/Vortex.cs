using QuantGrad.Indicators.Volatility;
using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Trend;

/// <summary>Vortex indicator.</summary>
internal sealed class Vortex(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "vortex",
        Title = "Vortex indicator",
        Formula = "pvi = Σ |high − previous low| / Σ true range, nvi = Σ |low − previous high| / Σ true range, over n bars",
        Source = "Botes and Siepman 2010; Stock.Indicators ToVortex",
        Inputs = Inputs.HighLowClose,
        Parameters = [IndicatorParameter.Bars("lookback_periods", min: 2, example: 14)],
        Fields = ["pvi", "nvi"],
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new Vortex((int)p[0]),
    };

    private readonly TrueRange trueRange = new();
    private readonly SlidingWindow<Sum> range = new(periods);
    private readonly SlidingWindow<TwoSums> movement = new(periods);
    private double previousHigh;
    private double previousLow;

    public override void Reset()
    {
        trueRange.Reset();
        range.Reset();
        movement.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        var (high, low) = (previousHigh, previousLow);
        (previousHigh, previousLow) = (bar.High, bar.Low);
        var width = trueRange.Next(bar);
        if (double.IsNaN(width)) return;
        movement.Push(new TwoSums(Math.Abs(bar.High - low), Math.Abs(bar.Low - high)));
        if (!range.Push(width)) return;
        fields[0] = movement.Value.First / range.Value.Total;
        fields[1] = movement.Value.Second / range.Value.Total;
    }
}
