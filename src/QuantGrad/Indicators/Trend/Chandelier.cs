using QuantGrad.Indicators.Volatility;
using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Trend;

/// <summary>Le Beau's chandelier exit.</summary>
internal sealed class Chandelier(int periods, double multiplier, bool isShort) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "chandelier",
        Title = "Chandelier exit",
        Formula = "highest high − m·atr for a long trade, lowest low + m·atr for a short one, over n bars",
        Source = "Le Beau; Stock.Indicators ToChandelier",
        Inputs = Inputs.HighLowClose,
        Parameters =
        [
            IndicatorParameter.Bars("lookback_periods", 22),
            IndicatorParameter.Real("multiplier", 3, 0.001, 1000),
            IndicatorParameter.Choice("type", "long", "short"),
        ],
        Fields = ["chandelier_exit"],
        Aliases = ["chexit"],
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new Chandelier((int)p[0], p[1], p[2] > 0),
    };

    private readonly Atr atr = new(periods);
    private readonly SlidingWindow<Highest> highest = new(periods);
    private readonly SlidingWindow<Lowest> lowest = new(periods);

    public override void Reset()
    {
        atr.Reset();
        highest.Reset();
        lowest.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var distance = multiplier * atr.Next(bar);
        highest.Push(bar.High);
        lowest.Push(bar.Low);
        fields[0] = isShort ? lowest.Value.Value + distance : highest.Value.Value - distance;
    }
}
