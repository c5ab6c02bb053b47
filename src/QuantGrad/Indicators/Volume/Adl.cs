using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volume;

/// <summary>Accumulation/distribution line.</summary>
internal sealed class Adl() : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "adl",
        Title = "Accumulation/distribution line",
        Formula = "Σ multiplier·volume, multiplier = ((close − low) − (high − close))/(high − low), 0 for a bar without range",
        Source = "Chaikin; Stock.Indicators ToAdl",
        Inputs = Inputs.HighLowCloseVolume,
        Fields = ["adl", "money_flow_multiplier", "money_flow_volume"],
        WarmUp = static _ => [0],
        Factory = static _ => new Adl(),
    };

    private double line;

    public override void Reset() => line = 0;

    /// <summary>Where the close stands in the bar, −1 at its low to 1 at its high.</summary>
    public static double Multiplier(in Bar bar) =>
        bar.High > bar.Low ? (bar.Close - bar.Low - (bar.High - bar.Close)) / (bar.High - bar.Low) : 0;

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields[1] = Multiplier(bar);
        fields[2] = fields[1] * bar.Volume;
        fields[0] = line += fields[2];
    }
}
