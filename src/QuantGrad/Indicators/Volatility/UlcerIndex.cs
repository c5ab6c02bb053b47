using QuantGrad.Indicators.Windows;

namespace QuantGrad.Indicators.Volatility;

/// <summary>Martin's ulcer index.</summary>
internal sealed class UlcerIndex(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "ulcer_index",
        Title = "Ulcer index",
        Formula = "√(mean of squared percent drawdowns over n bars, each from the highest value since the window began)",
        Source = "Martin 1987; Stock.Indicators ToUlcerIndex",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14)],
        Fields = ["ulcer_index"],
        Aliases = ["ulcer"],
        FieldAliases = [("ui", "ulcer_index")],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new UlcerIndex((int)p[0]),
    };

    private readonly RecentValues recent = new(periods);

    public override void Reset() => recent.Reset();

    protected override double Step(double value)
    {
        if (!recent.Push(value)) return double.NaN;
        var (highest, sum) = (double.NegativeInfinity, 0.0);
        for (var age = periods - 1; age >= 0; age--)
        {
            highest = Math.Max(highest, recent[age]);
            var drawdown = 100 * (recent[age] - highest) / highest;
            sum += drawdown * drawdown;
        }
        return Math.Sqrt(sum / periods);
    }
}
