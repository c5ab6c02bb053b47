using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Commodity channel index.</summary>
internal sealed class Cci(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "cci",
        Title = "Commodity channel index",
        Formula = "(tp − sma(tp))/(0.015·mean |tp − sma(tp)|), tp = (high + low + close)/3; NaN where all are equal",
        Source = "Lambert 1980; Stock.Indicators ToCci",
        Inputs = Inputs.HighLowClose,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 20, min: 2)],
        Fields = ["cci"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Cci((int)p[0]),
    };

    private readonly RecentValues recent = new(periods);

    public override void Reset() => recent.Reset();

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var typical = (bar.High + bar.Low + bar.Close) / 3;
        fields[0] = double.NaN;
        if (!recent.Push(typical)) return;
        var mean = 0.0;
        for (var age = 0; age < periods; age++) mean += recent[age];
        mean /= periods;
        var deviation = 0.0;
        for (var age = 0; age < periods; age++) deviation += Math.Abs(recent[age] - mean);
        if (deviation > 0) fields[0] = (typical - mean) / (0.015 * deviation / periods);
    }
}
