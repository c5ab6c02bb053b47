using QuantGrad.Indicators;
using QuantGrad.MarketData;

namespace QuantGrad.Features.Compilation;

/// <summary>One instruction of a program with its own memory: reads slots of the bar's values and writes others.</summary>
internal abstract class Step
{
    /// <summary>Computes its slots for the bar.</summary>
    public abstract void Run(in Bar bar, double[] values);

    /// <summary>Not a number instead of infinite: an infinite feature is an undefined one.</summary>
    protected static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;
}

internal sealed class UnaryStep(Func<double, double> function, int operand, int result) : Step
{
    public override void Run(in Bar bar, double[] values)
    {
        var x = values[operand];
        values[result] = double.IsNaN(x) ? double.NaN : Finite(function(x));
    }
}

internal sealed class BinaryStep(Func<double, double, double> function, int left, int right, int result) : Step
{
    public override void Run(in Bar bar, double[] values)
    {
        var (a, b) = (values[left], values[right]);
        values[result] = double.IsNaN(a) || double.IsNaN(b) ? double.NaN : Finite(function(a, b));
    }
}

internal sealed class TernaryStep(Func<double, double, double, double> function, int a, int b, int c, int result) : Step
{
    public override void Run(in Bar bar, double[] values) => values[result] = Finite(function(values[a], values[b], values[c]));
}

internal sealed class IsDefinedStep(int operand, int result) : Step
{
    public override void Run(in Bar bar, double[] values) => values[result] = double.IsNaN(values[operand]) ? 0 : 1;
}

internal sealed class CalendarStep(Func<DateTime, double> function, int result) : Step
{
    public override void Run(in Bar bar, double[] values) => values[result] = function(bar.Time);
}

/// <summary>An indicator on the bar itself.</summary>
internal sealed class BarIndicatorStep(Indicator indicator, int result, int fields) : Step
{
    public override void Run(in Bar bar, double[] values) => indicator.Update(bar, values.AsSpan(result, fields));
}

/// <summary>An indicator on any series, and on a second one, which travels in the bar's open.</summary>
internal sealed class SeriesIndicatorStep(Indicator indicator, int series, int second, int result, int fields) : Step
{
    public override void Run(in Bar bar, double[] values)
    {
        var of = Bar.OfValue(bar.Time, values[series]);
        if (second >= 0) of = of with { Open = values[second] };
        indicator.Update(of, values.AsSpan(result, fields));
    }
}
