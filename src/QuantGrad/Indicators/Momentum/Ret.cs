using QuantGrad.Indicators.Windows;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Simple return over a horizon.</summary>
internal sealed class Ret(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "ret",
        Title = "Simple return",
        Formula = "x[t]/x[t − h] − 1, as a fraction",
        Source = "definition",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("horizon", 1)],
        Fields = ["ret"],
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new Ret((int)p[0]),
    };

    private readonly Delay past = new(periods);

    public override void Reset() => past.Reset();

    protected override double Step(double value) => value / past.Push(value) - 1;
}
