using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volatility;

/// <summary>Donchian channel of the bars before this one.</summary>
internal sealed class Donchian(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "donchian",
        Title = "Donchian channel",
        Formula = "highest high and lowest low of the n bars before this one, their middle, and width = (upper − lower)/centre",
        Source = "Donchian; Stock.Indicators ToDonchian",
        Inputs = Inputs.HighLow,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 20)],
        Fields = ["centerline", "upper_band", "lower_band", "width"],
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new Donchian((int)p[0]),
    };

    private readonly SlidingWindow<Highest> highest = new(periods);
    private readonly SlidingWindow<Lowest> lowest = new(periods);
    private bool isFull;

    public override void Reset()
    {
        highest.Reset();
        lowest.Reset();
        isFull = false;
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        if (isFull)
        {
            var (upper, lower) = (highest.Value.Value, lowest.Value.Value);
            fields[1] = upper;
            fields[2] = lower;
            fields[0] = (upper + lower) / 2;
            fields[3] = (upper - lower) / fields[0];
        }
        isFull = highest.Push(bar.High) & lowest.Push(bar.Low);
    }
}
