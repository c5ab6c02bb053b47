using QuantGrad.Metrics.Returns;

namespace QuantGrad.Metrics.Relative;

/// <summary>Capture: the annual return on the bars where the benchmark rose (or fell) over the benchmark's own.</summary>
public static class Capture
{
    internal static readonly MetricDefinition Up = Define("up_capture", "Up capture", "rose", 1);

    internal static readonly MetricDefinition Down = Define("down_capture", "Down capture", "fell", -1);

    /// <summary>cagr(net on the bars of one side)/cagr(benchmark on them), annualised by their own number.</summary>
    /// <param name="returns">r, <c>[T]</c>.</param>
    /// <param name="benchmark">b on the same rows, <c>[T]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <param name="side">1 for bars where the benchmark rose, −1 where it fell.</param>
    public static MetricValue Of(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, double periodsPerYear, int side)
    {
        var own = new List<double>();
        var market = new List<double>();
        for (var t = 0; t < benchmark.Length; t++)
        {
            if (!(benchmark[t] * side > 0)) continue;
            own.Add(returns[t]);
            market.Add(benchmark[t]);
        }

        if (market.Count == 0) return MetricValue.Undefined(side > 0 ? "the benchmark never rose" : "the benchmark never fell");
        var growth = Cagr.Of([.. own], periodsPerYear);
        var reference = Cagr.Of([.. market], periodsPerYear);
        return !growth.IsDefined ? growth : !reference.IsDefined ? reference : MetricValue.Of(growth.Value / reference.Value);
    }

    private static MetricDefinition Define(string name, string label, string verb, int side) => new(
        name, label, "ratio", $"cagr(net on bars where the benchmark {verb})/cagr(benchmark on them), annualised by their number", "Morningstar; empyrical",
        $"no benchmark, or it never {verb}",
        input => input.Options.Benchmark is { } benchmark
            ? Of(input.Net, benchmark, input.PeriodsPerYear, side)
            : MetricValue.Undefined("there is no benchmark"));
}
