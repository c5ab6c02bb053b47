using QuantGrad.Metrics;
using QuantGrad.Metrics.Relative;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>The verdict: what the run shows, with how much of it may be luck, in one sentence.</summary>
internal static class Verdict
{
    /// <summary>The sentence of a run.</summary>
    public static string Of(RecordedRun run)
    {
        if (run.RuinedOn is { } date) return $"Ruined on {date}: the loss of that bar took all equity, and the account was closed. No ratio has a meaning after that.";
        var sharpe = run.Figure("sharpe");
        if (!sharpe.IsDefined) return $"No verdict: the net Sharpe ratio is undefined ({sharpe.Reason}).";
        var parts = new List<string> { $"Net Sharpe {Print.Number(sharpe.Value)} out of sample{Interval(run)}" };
        var deflated = run.Figure("dsr");
        if (deflated.IsDefined)
            parts.Add($"{Trials(run)}the probability that it is above luck is {(deflated.Value > 0.995 ? "above 0.99" : Print.Number(deflated.Value))} ({Strength(deflated.Value)})");
        if (Comparison(run) is { } comparison) parts.Add(comparison);
        return string.Join("; ", parts) + ".";
    }

    private static string Interval(RecordedRun run) =>
        run.Metrics.NumbersAt("out_of_sample", "sharpe_ci_95") is [var low, var high] && double.IsFinite(low) && double.IsFinite(high)
            ? $", 95% interval {Print.Number(low)} … {Print.Number(high)}"
            : run.Metrics.TextAt("out_of_sample", "reasons", "sharpe_ci_95") is { } reason ? $", 95% interval undefined ({reason})" : "";

    private static string Trials(RecordedRun run) =>
        run.Figure("trials") is { IsDefined: true } trials ? $"after {Print.Plural((int)trials.Value, "trial")} " : "";

    private static string Strength(double probability) => probability switch
    {
        >= 0.99 => "strong evidence",
        >= 0.95 => "evidence at the usual level",
        >= 0.8 => "suggestive, not evidence",
        _ => "no evidence of skill",
    };

    // The benchmark scaled to the strategy's volatility: otherwise more risk alone would look like more skill.
    private static string? Comparison(RecordedRun run)
    {
        if (run.Benchmark is not { } benchmark) return null;
        if (VolatilityMatch.Of(benchmark.Net, run.Equity.Net) is not { } matched) return null;
        var difference = (Moments.Of(run.Equity.Net).Mean - Moments.Of(matched).Mean) * run.PeriodsPerYear;
        if (!double.IsFinite(difference)) return null;
        return $"{Print.Percent(Math.Abs(difference))} a year {(difference >= 0 ? "better" : "worse")} than volatility-matched buy and hold";
    }
}
