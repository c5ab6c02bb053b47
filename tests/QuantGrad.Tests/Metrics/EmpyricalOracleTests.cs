namespace QuantGrad.Tests.Metrics;

/// <summary>The 237 cases of empyrical's own tests: each agrees, or stands below with the reason why its definition is another one.</summary>
public sealed class EmpyricalOracleTests
{
    private const string Infinite = "infinite there; here undefined with a reason, since nothing was at risk";
    private const string NotStored = "the input is not in the file";
    private const string NotAFigure = "not a figure of QuantGrad";

    /// <summary>By test, or by test and case.</summary>
    private static readonly Dictionary<string, string> Differences = new(StringComparer.Ordinal)
    {
        ["test_simple_returns"] = "prices become returns in the accounting, which refuses a price of 0",
        ["test_aggregate_returns/0"] = "the report has no table of weeks",
        ["test_sharpe_ratio/7"] = Infinite,
        ["test_sortino/5"] = Infinite,
        ["test_sortino/7"] = Infinite,
        ["test_downside_risk/9"] = NotStored,
        ["test_downside_risk/10"] = NotStored,
        ["test_downside_risk/11"] = NotStored,
        ["test_sortino/10"] = NotStored,
        ["test_sortino/11"] = NotStored,
        ["test_sortino/12"] = NotStored,
        ["test_tail_ratio/3"] = NotStored,
        ["test_roll_alpha_beta/0"] = "a row of NaN for every row of the benchmark there; here a series without rows has no windows",
        ["test_beta_fragility_heuristic"] = NotAFigure,
        ["test_gpd_risk_estimates"] = NotAFigure,
    };

    [Fact]
    public void EmpyricalCases_All237_AgreeOrDifferForAListedReason()
    {
        var cases = OracleCase.Read(OracleCase.SharedReference("empyrical_test_cases.json"));
        Assert.Equal(237, cases.Count);
        var faults = cases.Select(Fault).Where(fault => fault is not null).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        foreach (var key in Differences.Keys) Assert.Contains(cases, c => key.Equals(c.Test, StringComparison.Ordinal) || key.Equals(c.Name, StringComparison.Ordinal));
        Assert.InRange(cases.Count(c => Reason(c) is null), 200, 237);
    }

    [Fact]
    public void EmpyricalCases_CommittedExcerpt_Agrees()
    {
        var cases = OracleCase.Read(OracleCase.Committed("empyrical_excerpt.json"));
        Assert.InRange(cases.Count, 80, 120);
        var faults = cases.Select(Fault).Where(fault => fault is not null).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static string? Reason(OracleCase c) => Differences.GetValueOrDefault(c.Name) ?? Differences.GetValueOrDefault(c.Test);

    private static string? Fault(OracleCase c)
    {
        var reason = Reason(c);
        if (reason is NotStored) return c.IsStored("returns") ? $"{c.Name} is stored after all" : null;
        if (reason is not null and not Infinite) return null;
        if (EmpyricalRelations.All.TryGetValue(c.Test, out var relation)) return relation(c) ? null : $"{c.Name} does not hold";
        if (!EmpyricalValues.All.TryGetValue(c.Test, out var values)) return $"{c.Name} is neither computed nor listed";
        var (expected, actual) = (c.Expected(), values(c).ToArray());
        var agrees = expected.Length == actual.Length && expected.Zip(actual).All(pair => Agrees(c, pair.First, pair.Second));
        return agrees == (reason is null)
            ? null
            : $"{c.Name}: expected {string.Join(", ", expected)}, computed {string.Join(", ", actual)}{(agrees ? ", which no longer differs" : "")}";
    }

    // Undefined there is undefined here. empyrical prints its long expectations to four, five or eight digits.
    private static bool Agrees(OracleCase c, double expected, double actual)
    {
        if (double.IsNaN(expected) || double.IsNaN(actual)) return double.IsNaN(expected) && double.IsNaN(actual);
        var isRounded = c.Test.Contains("cum_returns", StringComparison.Ordinal) || c.Test.Contains("roll_max", StringComparison.Ordinal);
        var tolerance = c.Test.Equals("test_beta", StringComparison.Ordinal) && c.Name.EndsWith("/8", StringComparison.Ordinal) ? 5e-3 : isRounded ? 5.1e-5 : 1e-8;
        return Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected));
    }
}
