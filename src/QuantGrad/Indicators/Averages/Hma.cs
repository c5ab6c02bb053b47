namespace QuantGrad.Indicators.Averages;

/// <summary>Hull moving average.</summary>
internal sealed class Hma(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "hma",
        Title = "Hull moving average",
        Formula = "wma(2·wma(x, n/2) − wma(x, n), √n), n/2 and √n rounded down",
        Source = "Hull 2005; Stock.Indicators ToHma",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14, min: 2)],
        Fields = ["hma"],
        WarmUp = static p => [(int)p[0] + (int)Math.Sqrt(p[0]) - 2],
        Factory = static p => new Hma((int)p[0]),
    };

    private readonly Wma whole = new(periods);
    private readonly Wma half = new(periods / 2);
    private readonly Wma smooth = new((int)Math.Sqrt(periods));

    public override void Reset()
    {
        whole.Reset();
        half.Reset();
        smooth.Reset();
    }

    protected override double Step(double value)
    {
        var fast = half.Next(value);
        return smooth.Next(2 * fast - whole.Next(value));
    }
}
