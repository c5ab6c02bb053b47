using FsCheck;
using FsCheck.Fluent;
using QuantGrad.Metrics;
using QuantGrad.Metrics.Differentiable;
using QuantGrad.Metrics.Returns;
using QuantGrad.Metrics.Risk;
using QuantGrad.Metrics.Significance;
using QuantGrad.Metrics.Trading;

namespace QuantGrad.Tests.Metrics;

/// <summary>What holds for every series.</summary>
public sealed class MetricPropertyTests
{
    /// <summary>20 to 120 returns between −8% and 8% in steps of a basis point, with ties and zeros, never all equal.</summary>
    private static readonly Arbitrary<double[]> Series =
        (from size in Gen.Choose(20, 120)
         from steps in Gen.ArrayOf(Gen.Choose(-800, 800), size)
         where steps.Distinct().Count() > 3
         select Array.ConvertAll(steps, step => step / 10000.0)).ToArbitrary();

    private static readonly Arbitrary<double> Factor = (from hundredths in Gen.Choose(5, 500) select hundredths / 100.0).ToArbitrary();

    private static bool IsClose(double a, double b, double tolerance = 1e-9) => Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));

    [Fact]
    public void Ratios_AnyLeverage_AreUnchanged() =>
        Prop.ForAll(Series, Factor, (returns, factor) =>
        {
            var scaled = Array.ConvertAll(returns, r => factor * r);
            var (a, b) = (Moments.Of(returns), Moments.Of(scaled));
            return IsClose(SharpeRatio.Of(returns, 252).Value, SharpeRatio.Of(scaled, 252).Value)
                && (!SortinoRatio.Of(returns, 252).IsDefined || IsClose(SortinoRatio.Of(returns, 252).Value, SortinoRatio.Of(scaled, 252).Value))
                && (!OmegaRatio.Of(returns).IsDefined || IsClose(OmegaRatio.Of(returns).Value, OmegaRatio.Of(scaled).Value))
                && IsClose(a.Skew, b.Skew) && IsClose(a.Kurtosis, b.Kurtosis)
                && IsClose(NeweyWest.TStatistic(returns).Value, NeweyWest.TStatistic(scaled).Value)
                && IsClose(Volatility.Of(returns, 252).Value * factor, Volatility.Of(scaled, 252).Value);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void FiguresWithoutPaths_AnyOrder_AreUnchanged() =>
        Prop.ForAll(Series, Gen.Choose(1, int.MaxValue).ToArbitrary(), (returns, seed) =>
        {
            var shuffled = returns.Zip(SimulatedReturns.Normal((ulong)seed, 0, returns.Length, 0)).OrderBy(pair => pair.Second).Select(pair => pair.First).ToArray();
            var options = new MetricOptions { Resamples = 20 };
            var (a, b) = (MetricSet.Compute(new ReturnSeries(null, returns), options), MetricSet.Compute(new ReturnSeries(null, shuffled), options));
            return new[] { "sharpe", "sortino", "volatility", "cagr", "total_return", "skew", "kurtosis", "var_95", "cvar_95", "psr", "hit_rate", "kelly", "omega", "tail_ratio", "best_return" }
                .All(name => a[name].Value.IsDefined == b[name].Value.IsDefined && (!a[name].Value.IsDefined || IsClose(a[name].Value.Value, b[name].Value.Value)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Probabilities_BenchmarkAndTrialsAndLength_MoveThemTheRightWay() =>
        Prop.ForAll(Series, Gen.Choose(2, 500).ToArbitrary(), (returns, trials) =>
        {
            var m = Moments.Of(returns);
            var sharpe = m.Sharpe().Value;
            double Psr(double benchmark, int count) => ProbabilisticSharpe.Of(sharpe, count, m.Skew, m.Kurtosis, benchmark);
            double Dsr(int n) => DeflatedSharpe.Of(sharpe, m.Count, m.Skew, m.Kurtosis, n, 1.0 / (m.Count - 1));
            var (few, many) = (Psr(0, m.Count), Psr(0, 4 * m.Count));
            return Psr(0.1, m.Count) <= Psr(0, m.Count) && Dsr(trials + 1) <= Dsr(trials) && Dsr(1) == few && (sharpe >= 0 ? many >= few : many <= few)
                && few is >= 0 and <= 1 && ProbabilisticSharpe.VarianceFactor(sharpe, m.Skew, m.Kurtosis) >= 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void MinimumObservations_AsTheRecordsLength_GivesTheConfidenceAsked() =>
        Prop.ForAll(Series, returns =>
        {
            var m = Moments.Of(returns);
            var sharpe = Math.Abs(m.Sharpe().Value) + 0.01;
            var n = TrackRecord.MinimumObservations(sharpe, m.Skew, m.Kurtosis);
            return n > 1e8 || Math.Abs(NormalDistribution.Cumulative(sharpe / Math.Sqrt(ProbabilisticSharpe.VarianceFactor(sharpe, m.Skew, m.Kurtosis) / (n - 1))) - 0.95) < 1e-9;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Drawdown_AnySeries_LiesBetweenMinusOneAndZeroAndRecoversWithRisingEquity() =>
        Prop.ForAll(Series, returns =>
        {
            var path = Drawdown.Path(returns);
            return path.All(d => d is <= 0 and > -1) && path.Min() == Drawdown.Maximum(returns).Value
                && Drawdown.Maximum(Array.ConvertAll(returns, Math.Abs)).Value == 0
                && UlcerIndex.Of(path).Value <= -Drawdown.Maximum(returns).Value + 1e-15;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Tails_AnySeries_AreOrdered() =>
        Prop.ForAll(Series, returns =>
        {
            double[] sorted = [.. returns.Order()];
            var (var95, cvar95) = (ValueAtRisk.OfSorted(sorted, 0.05).Value, ValueAtRisk.ShortfallOfSorted(sorted, 0.05).Value);
            return sorted[0] <= cvar95 && cvar95 <= var95 && var95 <= sorted[^1] && Math.Abs(Autocorrelation.Of(returns, 1).Value) <= 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void SharpeInterval_LeverageAndRepetition_ChangeNothing() =>
        Prop.ForAll(Series, Factor, (returns, factor) =>
        {
            var (a, b) = (SharpeInterval.Of(returns, 252, resamples: 99), SharpeInterval.Of(Array.ConvertAll(returns, r => factor * r), 252, resamples: 99));
            return a.Equals(SharpeInterval.Of(returns, 252, resamples: 99)) && a.Lower.Value < a.Upper.Value
                && IsClose(a.Lower.Value, b.Lower.Value, 1e-6) && IsClose(a.Upper.Value, b.Upper.Value, 1e-6);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void SharpeLoss_NoEpsilon_HasAGradientOrthogonalToReturns() =>
        Prop.ForAll(Series, returns =>
        {
            var loss = SharpeLoss.Of(returns, 252, 0);
            return Math.Abs(returns.Sum(r => r * loss.Gradient(r))) < 1e-9 * returns.Sum(r => Math.Abs(r * loss.Gradient(r)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void CostCurve_AnyCost_IsTheGrossSharpeLessSomething() =>
        Prop.ForAll(Series, Factor, (gross, bps) =>
        {
            var turnover = Array.ConvertAll(gross, _ => 0.5);
            return IsClose(CostCurve.Net(gross, turnover, bps).Sum(), gross.Sum() - bps * 1e-4 * 0.5 * gross.Length)
                && CostCurve.NetSharpe(gross, turnover, [bps], 252)[0].Value < SharpeRatio.Of(gross, 252).Value;
        }).QuickCheckThrowOnFailure();
}
