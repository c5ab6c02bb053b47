using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Averages;

/// <summary>Williams' alligator: three smoothed averages of the median price, moved into the future, so each is read late.</summary>
internal sealed class Alligator(int jawPeriods, int jawOffset, int teethPeriods, int teethOffset, int lipsPeriods, int lipsOffset) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "alligator",
        Title = "Williams alligator",
        Formula = "smma of (high + low)/2 over 13, 8 and 5 bars, as it stood 8, 5 and 3 bars before",
        Source = "Williams 1995; Stock.Indicators ToAlligator",
        Inputs = Inputs.HighLow,
        Parameters =
        [
            IndicatorParameter.Bars("jaw_periods", 13),
            IndicatorParameter.Bars("jaw_offset", 8),
            IndicatorParameter.Bars("teeth_periods", 8),
            IndicatorParameter.Bars("teeth_offset", 5),
            IndicatorParameter.Bars("lips_periods", 5),
            IndicatorParameter.Bars("lips_offset", 3),
        ],
        Fields = ["jaw", "teeth", "lips"],
        TakesAnySeries = true,
        WarmUp = static p => [(int)(p[0] + p[1]) - 1, (int)(p[2] + p[3]) - 1, (int)(p[4] + p[5]) - 1],
        Factory = static p => new Alligator((int)p[0], (int)p[1], (int)p[2], (int)p[3], (int)p[4], (int)p[5]),
    };

    private readonly Smma jaw = new(jawPeriods);
    private readonly Smma teeth = new(teethPeriods);
    private readonly Smma lips = new(lipsPeriods);
    private readonly Delay jawDelay = new(jawOffset);
    private readonly Delay teethDelay = new(teethOffset);
    private readonly Delay lipsDelay = new(lipsOffset);

    public override void Reset()
    {
        foreach (var average in new[] { jaw, teeth, lips }) average.Reset();
        foreach (var delay in new[] { jawDelay, teethDelay, lipsDelay }) delay.Reset();
    }

    /// <summary>Jaw, teeth and lips after this bar.</summary>
    public (double Jaw, double Teeth, double Lips) Next(in Bar bar)
    {
        var median = (bar.High + bar.Low) / 2;
        return (jawDelay.Push(jaw.Next(median)), teethDelay.Push(teeth.Next(median)), lipsDelay.Push(lips.Next(median)));
    }

    protected override void Next(in Bar bar, Span<double> fields) => (fields[0], fields[1], fields[2]) = Next(bar);
}
