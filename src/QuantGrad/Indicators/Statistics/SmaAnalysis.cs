using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Statistics;

/// <summary>How far a window's values are from its mean.</summary>
internal sealed class SmaAnalysis(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "sma_analysis",
        Title = "Simple moving average analysis",
        Formula = "mad = mean |x − sma|, mse = mean (x − sma)², mape = mean |x − sma|/x over n values",
        Source = "Stock.Indicators ToSmaAnalysis",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", example: 20)],
        Fields = ["sma", "mad", "mse", "mape"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new SmaAnalysis((int)p[0]),
    };

    private readonly RecentValues recent = new(periods);

    public override void Reset() => recent.Reset();

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        if (!recent.Push(bar.Close)) return;
        var mean = 0.0;
        for (var age = 0; age < periods; age++) mean += recent[age];
        mean /= periods;
        var (absolute, squared, relative) = (0.0, 0.0, 0.0);
        for (var age = 0; age < periods; age++)
        {
            var distance = Math.Abs(recent[age] - mean);
            absolute += distance;
            squared += distance * distance;
            relative += distance / recent[age];
        }
        (fields[0], fields[1], fields[2], fields[3]) = (mean, absolute / periods, squared / periods, relative / periods);
    }
}
