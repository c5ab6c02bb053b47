using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volatility;

/// <summary>Bollinger bands with %b, z-score and width.</summary>
internal sealed class BollingerBands(int periods, double deviations) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "bollinger_bands",
        Aliases = ["bb", "bollinger"],
        Title = "Bollinger bands",
        Formula = "sma ± k·σ (divisor n); percent_b = (x − lower)/(upper − lower), z_score = (x − sma)/σ, width = (upper − lower)/sma; NaN where σ = 0",
        Source = "Bollinger; Stock.Indicators ToBollingerBands",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 20, min: 2), IndicatorParameter.Real("standard_deviations", 2, 0.001, 100)],
        Fields = ["sma", "upper_band", "lower_band", "percent_b", "z_score", "width"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new BollingerBands((int)p[0], p[1]),
    };

    private readonly SlidingWindow<Moments> window = new(periods);

    public override void Reset() => window.Reset();

    protected override void Next(in Bar bar, Span<double> fields)
    {
        if (!window.Push(bar.Close))
        {
            fields.Fill(double.NaN);
            return;
        }
        var (mean, deviation) = (window.Value.Mean, window.Value.PopulationDeviation);
        var (upper, lower) = (mean + deviations * deviation, mean - deviations * deviation);
        fields[0] = mean;
        fields[1] = upper;
        fields[2] = lower;
        fields[3] = deviation > 0 ? (bar.Close - lower) / (upper - lower) : double.NaN;
        fields[4] = deviation > 0 ? (bar.Close - mean) / deviation : double.NaN;
        fields[5] = mean == 0 ? double.NaN : (upper - lower) / mean;
    }
}
