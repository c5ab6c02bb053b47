using QuantGrad.Indicators.Windows;

namespace QuantGrad.Indicators.Averages;

/// <summary>Arnaud Legoux moving average.</summary>
internal sealed class Alma(int periods, double offset, double sigma) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "alma",
        Title = "Arnaud Legoux moving average",
        Formula = "Σ w·x / Σ w over n values, w = exp(−(i − m)²/(2s²)), m = offset·(n − 1), s = n/sigma, i = 0 for the oldest",
        Source = "Legoux and Kouzis-Loukas 2009; Stock.Indicators ToAlma",
        Inputs = Inputs.Close,
        Parameters =
        [
            IndicatorParameter.Bars("lookback_periods", 9, min: 2),
            IndicatorParameter.Real("offset", 0.85, 0, 1),
            IndicatorParameter.Real("sigma", 6, 0.001, 1000),
        ],
        Fields = ["alma"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Alma((int)p[0], p[1], p[2]),
    };

    private readonly RecentValues recent = new(periods);
    private readonly double[] weights = Weights(periods, offset, sigma);

    public override void Reset() => recent.Reset();

    protected override double Step(double value)
    {
        if (!recent.Push(value)) return double.NaN;
        var sum = 0.0;
        for (var age = 0; age < weights.Length; age++) sum += weights[age] * recent[age];
        return sum;
    }

    /// <summary>The weights by age, adding up to one.</summary>
    private static double[] Weights(int periods, double offset, double sigma)
    {
        var (m, s) = (offset * (periods - 1), periods / sigma);
        var weights = new double[periods];
        for (var age = 0; age < periods; age++)
        {
            var distance = periods - 1 - age - m;
            weights[age] = Math.Exp(-(distance * distance) / (2 * s * s));
        }
        var total = weights.Sum();
        return Array.ConvertAll(weights, w => w / total);
    }
}
