using QuantGrad.Metrics.Relative;
using QuantGrad.Metrics.Returns;
using QuantGrad.Metrics.Risk;

namespace QuantGrad.Tests.Metrics;

/// <summary>empyrical's tests of how figures move: more noise, a shift, a loss put in. Where they draw at random, QuantGrad's own stream draws.</summary>
internal static class EmpyricalRelations
{
    public static readonly IReadOnlyDictionary<string, Func<OracleCase, bool>> All = new Dictionary<string, Func<OracleCase, bool>>(StringComparer.Ordinal)
    {
        ["test_max_drawdown_translation"] = c => IsRising(new[] { -c.Number("constant"), 0, c.Number("constant") }.Select(shift => Drawdown.Maximum(Shift(c.Values("returns"), shift)).Value)),
        ["test_omega_returns"] = c => OmegaRatio.Of(c.Values("returns"), c.Number("required_return_less")).Value > OmegaRatio.Of(c.Values("returns"), c.Number("required_return_more")).Value,
        ["test_sharpe_translation_same"] = c => new[] { -1, 1 }.All(sign => IsSame(Sharpe(c, 0, 0), Sharpe(c, sign * c.Number("translation"), sign * c.Number("translation")))),
        ["test_sharpe_translation_diff"] = c => new[] { -1, 1 }.All(sign => !IsSame(Sharpe(c, 0, 0), Sharpe(c, sign * c.Number("translation_returns"), sign * c.Number("translation_required")))),
        ["test_sharpe_translation_1"] = c => IsRising(new[] { -1, 0, 1 }.Select(sign => Sharpe(c, sign * c.Number("translation"), 0))),
        ["test_sharpe_noise"] = c => SharpeRatio.Of(Drawn(0.01, c.Number("small")), 252).Value > SharpeRatio.Of(Drawn(0.01, c.Number("large")), 252).Value,
        ["test_downside_risk_noisy"] = c => IsRising(new[] { 250, 500, 750 }.Select(n => Downside([.. c.Values("noise")[..n], .. c.Values("flat_line")[n..]], 0))),
        ["test_downside_risk_trans"] = c => IsRising(new[] { -1, 0, 1 }.Select(sign => Downside(c.Values("returns"), sign * c.Number("required_return")))),
        ["test_downside_risk_std"] = c => Downside(Drawn(0.001, c.Number("smaller_std")), 0.001) < Downside(Drawn(0.001, c.Number("larger_std")), 0.001),
        ["test_sortino_add_noise"] = c => IsRising(SortinoAsTwoDaysTurn(c, isUpside: true).Reverse()),
        ["test_sortino_sub_noise"] = c => IsRising(SortinoAsTwoDaysTurn(c, isUpside: false)),
        ["test_sortino_translation_same"] = c => new[] { -1, 1 }.All(sign => IsSame(Sortino(c, 0, 0), Sortino(c, sign * c.Number("translation"), sign * c.Number("translation")))),
        ["test_sortino_translation_diff"] = c => new[] { -1, 1 }.All(sign => !IsSame(Sortino(c, 0, 0), Sortino(c, sign * c.Number("translation_returns"), sign * c.Number("translation_required")))),
        ["test_excess_sharpe_noisy"] = c => IsRising(new[] { 250, 500, 750 }.Select(n => Math.Abs(Information([.. c.Values("noise_line")[..n], .. c.Values("benchmark")[n..]], c.Values("benchmark"))))),
        ["test_excess_sharpe_trans"] = c => IsRising(new[] { -1, 0, 1 }.Select(sign => Information(Sum(c.Values("returns"), c.Values("add_noise"), c.Values("translation"), sign), c.Values("returns")))),
        ["test_alpha_beta_translation"] = Translated,
        ["test_alpha_beta_correlation"] = c => Correlated(c.Number("corr_less")) < Correlated(c.Number("corr_more")),
        ["test_alpha_beta_with_nan_inputs"] = c => c.Aligned("returns", "benchmark") is var (r, b) && MarketModel.Alpha(r, b).IsDefined && MarketModel.Beta(r, b).IsDefined,
        ["test_alpha_beta_equality"] = Explained,
        ["test_cagr_translation"] = c => IsRising(new[] { -1, 0, 1 }.Select(sign => Cagr.Of(Shift(c.Values("returns"), sign * c.Number("constant")), 252).Value)),
        ["test_cagr_with_nan_inputs"] = c => Cagr.Of(c.Compounded("returns"), 252).IsDefined,
        ["test_cagr_noisy"] = c => new[] { -1, 1 }.All(sign => Math.Abs(Cagr.Of(Sum(c.Values("returns"), c.Values("add_noise"), c.Values("add_noise"), sign - 1), 252).Value / Cagr.Of(c.Values("returns"), 252).Value - 1) < 0.5),
    };

    private static bool IsRising(IEnumerable<double> values)
    {
        var all = values.ToArray();
        return Enumerable.Range(1, all.Length - 1).All(i => all[i] >= all[i - 1]) && all[^1] > all[0];
    }

    private static bool IsSame(double a, double b) => Math.Abs(a - b) < 1e-8 * Math.Max(1, Math.Abs(a));

    private static double[] Shift(double[] values, double constant) => Array.ConvertAll(values, value => value + constant);

    // returns + noise + sign·translation, row by row.
    private static double[] Sum(double[] returns, double[] noise, double[] translation, int sign) =>
        [.. returns.Select((r, t) => r + noise[t] + sign * translation[t])];

    private static double[] Drawn(double mean, double deviation) => Array.ConvertAll(SimulatedReturns.Normal(1337, 0, 1000, 0), r => mean + 100 * deviation * r);

    private static double Sharpe(OracleCase c, double shift, double required) => SharpeRatio.Of(Shift(c.Values("returns"), shift), 252, c.Number("required_return") + required).Value;

    private static double Sortino(OracleCase c, double shift, double required) => SortinoRatio.Of(Shift(c.Values("returns"), shift), 252, c.Number("required_return") + required).Value;

    private static double Downside(double[] returns, double required) => SortinoRatio.DownsideDeviation(returns, 252, required).Value;

    private static double Information(double[] returns, double[] benchmark) => SharpeRatio.Of(MarketModel.Active(returns, benchmark), 1).Value;

    // Two winning days become losses of 1% one after the other, or two losing days gains of 1%.
    private static double[] SortinoAsTwoDaysTurn(OracleCase c, bool isUpside)
    {
        var returns = c.Values("returns");
        var days = Enumerable.Range(0, returns.Length).Where(t => isUpside ? returns[t] > 0 : returns[t] < 0).Take(2).ToArray();
        var first = SortinoRatio.Of(returns, 252).Value;
        returns[days[0]] = isUpside ? -0.01 : 0.01;
        var second = SortinoRatio.Of(returns, 252).Value;
        returns[days[1]] = returns[days[0]];
        return [first, second, SortinoRatio.Of(returns, 252).Value];
    }

    private static bool Translated(OracleCase c)
    {
        var benchmark = SimulatedReturns.Normal(1337, 1, 1000, 0);
        var returns = Shift(Sum(Drawn(0, 0.01), benchmark, benchmark, 0), c.Number("mean_returns"));
        var raised = Shift(returns, c.Number("translation"));
        return MarketModel.Alpha(raised, benchmark).Value > MarketModel.Alpha(returns, benchmark).Value
            && IsSame(MarketModel.Beta(raised, benchmark).Value, MarketModel.Beta(returns, benchmark).Value);
    }

    private static double Correlated(double correlation)
    {
        var (own, benchmark) = (Drawn(0, 0.01), SimulatedReturns.Normal(1337, 1, 1000, 0));
        return MarketModel.Beta([.. own.Select((r, t) => correlation * benchmark[t] + Math.Sqrt(1 - correlation * correlation) * r)], benchmark).Value;
    }

    // α and β together explain the mean, or both are undefined.
    private static bool Explained(OracleCase c)
    {
        var (returns, benchmark) = c.Aligned("returns", "benchmark");
        var (alpha, beta) = (MarketModel.Alpha(returns, benchmark), MarketModel.Beta(returns, benchmark));
        return alpha.IsDefined == beta.IsDefined && (!alpha.IsDefined || IsSame(returns.Average(), alpha.Value + beta.Value * benchmark.Average()));
    }
}
