using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Averages;

/// <summary>Ehlers' MESA adaptive moving average.</summary>
internal sealed class Mama(double fastLimit, double slowLimit) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "mama",
        Title = "MESA adaptive moving average",
        Formula = "mama += α·(median − mama), fama += α/2·(mama − fama), α = max(fast/Δphase, slow); both start as the mean of the first six",
        Source = "Ehlers 2001; Stock.Indicators ToMama",
        Inputs = Inputs.HighLow,
        Parameters = [IndicatorParameter.Real("fast_limit", 0.5, 0.001, 1), IndicatorParameter.Real("slow_limit", 0.05, 0.0001, 0.999)],
        Fields = ["mama", "fama"],
        Check = static p => p[0] > p[1] ? null : "fast_limit must be greater than slow_limit",
        TakesAnySeries = true,
        WarmUp = static p => [5],
        Factory = static p => new Mama(p[0], p[1]),
    };

    private readonly HilbertPhasor phasor = new();
    private double total;
    private double phase;
    private double mama;
    private double fama;

    public override void Reset()
    {
        phasor.Reset();
        (total, phase) = (0, 0);
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var price = (bar.High + bar.Low) / 2;
        phasor.Next(price);
        if (phasor.Count <= HilbertPhasor.Warmup)
        {
            total += price;
            mama = fama = total / HilbertPhasor.Warmup;
            fields.Fill(phasor.Count < HilbertPhasor.Warmup ? double.NaN : mama);
            return;
        }
        var before = phase;
        phase = phasor.InPhase == 0 ? 0 : Math.Atan(phasor.Quadrature / phasor.InPhase) * 180 / Math.PI;
        var alpha = Math.Max(fastLimit / Math.Max(before - phase, 1), slowLimit);
        mama = alpha * price + (1 - alpha) * mama;
        fama = alpha / 2 * mama + (1 - alpha / 2) * fama;
        (fields[0], fields[1]) = (mama, fama);
    }
}
