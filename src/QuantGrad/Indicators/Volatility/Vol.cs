using QuantGrad.Indicators.Momentum;
using QuantGrad.Indicators.Windows;

namespace QuantGrad.Indicators.Volatility;

/// <summary>Volatility of simple returns over a window.</summary>
internal sealed class Vol(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "vol",
        Title = "Rolling volatility",
        Formula = "sample standard deviation (divisor n − 1) of the last n one-bar simple returns, per bar",
        Source = "definition",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", min: 2, example: 63)],
        Fields = ["vol"],
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new Vol((int)p[0]),
    };

    private readonly Ret returns = new(1);
    private readonly RollingStd deviation = new(periods);

    public override void Reset()
    {
        returns.Reset();
        deviation.Reset();
    }

    protected override double Step(double value) => deviation.Next(returns.Next(value));
}

/// <summary>Standard deviation over a window.</summary>
internal sealed class RollingStd(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "rolling_std",
        Title = "Rolling standard deviation",
        Formula = "sample standard deviation (divisor n − 1) of the last n values",
        Source = "pandas rolling(n).std()",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", min: 2, example: 20)],
        Fields = ["rolling_std"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new RollingStd((int)p[0]),
    };

    private readonly SlidingWindow<Moments> window = new(periods);

    public override void Reset() => window.Reset();

    protected override double Step(double value) => window.Push(value) ? window.Value.SampleDeviation : double.NaN;
}
