using QuantGrad.Indicators.Momentum;

namespace QuantGrad.Indicators.Volatility;

/// <summary>Exponentially weighted volatility of simple returns.</summary>
internal sealed class EwmVol(int span) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "ewmvol",
        Title = "Exponentially weighted volatility",
        Formula = "ewm_std(ret(1), span), per bar",
        Source = "Lim, Zohren and Roberts 2019 (span 60)",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("span", 60, min: 2)],
        Fields = ["ewmvol"],
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new EwmVol((int)p[0]),
    };

    private readonly Ret returns = new(1);
    private readonly EwmStd deviation = new(span);

    public override void Reset()
    {
        returns.Reset();
        deviation.Reset();
    }

    protected override double Step(double value) => deviation.Next(returns.Next(value));
}
