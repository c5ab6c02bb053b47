using QuantGrad.Indicators.Windows;

namespace QuantGrad.Indicators.Statistics;

/// <summary>The value of n bars before.</summary>
internal sealed class Lag(int bars) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "lag",
        Title = "Earlier value",
        Formula = "x[t − n]",
        Source = "definition",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("bars", 1, min: 0)],
        Fields = ["lag"],
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new Lag((int)p[0]),
    };

    private readonly Delay past = new(bars);

    public override void Reset() => past.Reset();

    protected override double Step(double value) => past.Push(value);
}

/// <summary>Sum over a window.</summary>
internal sealed class RollingSum(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = RollingDefinition.Of(
        "rolling_sum", "Rolling sum", "sum of the last n values", static n => new RollingSum(n));

    private readonly SlidingWindow<Sum> window = new(periods);

    public override void Reset() => window.Reset();

    protected override double Step(double value) => window.Push(value) ? window.Value.Total : double.NaN;
}

/// <summary>Smallest value of a window.</summary>
internal sealed class RollingMin(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = RollingDefinition.Of(
        "rolling_min", "Rolling minimum", "smallest of the last n values", static n => new RollingMin(n));

    private readonly SlidingWindow<Lowest> window = new(periods);

    public override void Reset() => window.Reset();

    protected override double Step(double value) => window.Push(value) ? window.Value.Value : double.NaN;
}

/// <summary>Largest value of a window.</summary>
internal sealed class RollingMax(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = RollingDefinition.Of(
        "rolling_max", "Rolling maximum", "largest of the last n values", static n => new RollingMax(n));

    private readonly SlidingWindow<Highest> window = new(periods);

    public override void Reset() => window.Reset();

    protected override double Step(double value) => window.Push(value) ? window.Value.Value : double.NaN;
}

internal static class RollingDefinition
{
    public static IndicatorDefinition Of(string name, string title, string formula, Func<int, Indicator> make) => new()
    {
        Name = name,
        Title = title,
        Formula = formula,
        Source = $"pandas rolling(n).{name["rolling_".Length..]}()",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", example: 20)],
        Fields = [name],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = p => make((int)p[0]),
    };
}
