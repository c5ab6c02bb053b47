using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Averages;

/// <summary>Williams' gator: how far the alligator's mouth is open.</summary>
internal sealed class Gator() : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "gator",
        Title = "Gator oscillator",
        Formula = "upper = |jaw − teeth|, lower = −|teeth − lips| of the alligator; expanding: 1 where it grew in size, else 0",
        Source = "Williams 1998; Stock.Indicators ToGator",
        Inputs = Inputs.HighLow,
        Fields = ["upper", "lower", "upper_is_expanding", "lower_is_expanding"],
        TakesAnySeries = true,
        WarmUp = static _ => [20, 12, 21, 13],
        Factory = static _ => new Gator(),
    };

    private readonly Alligator alligator = new(13, 8, 8, 5, 5, 3);
    private double previousUpper = double.NaN;
    private double previousLower = double.NaN;

    public override void Reset()
    {
        alligator.Reset();
        (previousUpper, previousLower) = (double.NaN, double.NaN);
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var (jaw, teeth, lips) = alligator.Next(bar);
        var (upper, lower) = (Math.Abs(jaw - teeth), -Math.Abs(teeth - lips));
        fields[0] = upper;
        fields[1] = lower;
        fields[2] = double.IsNaN(previousUpper) ? double.NaN : upper > previousUpper ? 1 : 0;
        fields[3] = double.IsNaN(previousLower) ? double.NaN : lower < previousLower ? 1 : 0;
        (previousUpper, previousLower) = (upper, lower);
    }
}
