namespace QuantGrad.Diagnosing;

/// <summary>
/// The learning-rate range test (Smith 2017, section 3.3): one descent whose rate grows from step to step, and the rate at which the objective rose fastest.
/// </summary>
/// <param name="Rates">The rate of each step.</param>
/// <param name="Objectives">The objective before the step.</param>
/// <param name="Suggested">Where the smoothed objective rises fastest over the logarithm of the rate, before its peak.</param>
/// <param name="Peak">Where the smoothed objective is highest.</param>
internal sealed record RateRange(double[] Rates, double[] Objectives, double Suggested, double Peak)
{
    private const double Lowest = 1e-5;
    private const int StepsPerDecade = 16, Decades = 6;

    /// <summary>Runs the test.</summary>
    public static RateRange Of(DiagnosisGround ground, CancellationToken cancellation)
    {
        static double Rate(int step) => Lowest * Math.Pow(10, (double)step / StepsPerDecade);
        var trace = DescentTrace.Walk(ground, Rate, StepsPerDecade * Decades + 1, cancellation);
        var rates = Enumerable.Range(0, trace.Objective.Length).Select(Rate).ToArray();
        if (rates.Length == 0) return new RateRange([], [], double.NaN, double.NaN);
        var smooth = Smoothed(trace.Objective);
        var peak = Array.IndexOf(smooth, smooth.Max());
        var steepest = Enumerable.Range(0, Math.Max(1, peak)).MaxBy(step => step + 1 < smooth.Length ? smooth[step + 1] - smooth[step] : 0);
        return new RateRange(rates, trace.Objective, rates[steepest], rates[peak]);
    }

    // A mean over a quarter of a decade to either side.
    private static double[] Smoothed(double[] values) => [.. values.Select((_, at) =>
        values[Math.Max(0, at - StepsPerDecade / 4)..Math.Min(values.Length, at + StepsPerDecade / 4 + 1)].Average())];
}
