using QuantGrad.Metrics;
using QuantGrad.Metrics.Significance;

namespace QuantGrad.Tests.Metrics;

/// <summary>What the intervals and probabilities promise, checked by simulation. Series i draws from stream i, so threads change nothing.</summary>
[Trait("Category", "Long")]
public sealed class CoverageTests(ITestOutputHelper output)
{
    private const int Series = 1000;
    private const int Days = 1000;
    private static readonly ParallelOptions OneACore = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    [Theory]
    [InlineData(0.0, 11UL)]
    [InlineData(1.0, 12UL)]
    [InlineData(2.0, 13UL)]
    public void SharpeInterval_NormalSeries_HoldsTheTruthIn93To97Percent(double sharpe, ulong seed) =>
        Assert.InRange(Coverage(sharpe, index => SimulatedReturns.Normal(seed, index, Days, sharpe)), 0.93, 0.97);

    [Theory]
    [InlineData(1.0, 0.1, 21UL)]
    [InlineData(1.0, 0.3, 22UL)]
    [InlineData(0.5, 0.5, 23UL)]
    [InlineData(1.0, -0.2, 24UL)]
    public void SharpeInterval_AutocorrelatedFatTailedSeries_HoldsTheTruthIn91To98Percent(double sharpe, double rho, ulong seed) =>
        Assert.InRange(Coverage(sharpe, index => SimulatedReturns.FatTailed(seed, index, Days, sharpe, rho)), 0.91, 0.98);

    [Fact]
    public void StandardError_AutocorrelatedSeriesTakenAsIndependent_LosesTheTruthTooOften()
    {
        // The fault that blocks and HAC mend: without them the test above would fail.
        var held = Enumerable.Range(0, 300).Count(index =>
        {
            var moments = Moments.Of(SimulatedReturns.FatTailed(25, index, Days, 1, 0.5));
            var distance = Math.Abs(moments.Sharpe().Value - 1 / Math.Sqrt(252));
            return distance <= 1.96 * ProbabilisticSharpe.StandardError(moments.Sharpe().Value, Days, moments.Skew, moments.Kurtosis);
        });
        Assert.InRange(held / 300.0, 0.5, 0.85);
    }

    [Theory]
    [InlineData(2, 31UL)]
    [InlineData(10, 32UL)]
    [InlineData(50, 33UL)]
    public void DeflatedSharpe_BestOfNoise_ExceedsNinetyFivePercentInAtMostFivePercent(int strategies, ulong seed)
    {
        const int trials = 1000, days = 500;
        var believed = 0;
        Parallel.For(0, trials, OneACore, trial =>
        {
            var candidates = Enumerable.Range(0, strategies).Select(n => SimulatedReturns.Normal(seed, trial * strategies + n, days, 0));
            var best = candidates.Select(returns => Moments.Of(returns)).MaxBy(moments => moments.Sharpe().Value);
            if (DeflatedSharpe.Of(best.Sharpe().Value, days, best.Skew, best.Kurtosis, strategies, 1.0 / (days - 1)) > 0.95) Interlocked.Increment(ref believed);
        });
        output.WriteLine(FormattableString.Invariant($"the DSR exceeds 0.95 in {believed} of {trials} trials"));
        Assert.InRange(believed / (double)trials, 0, 0.05);
    }

    [Fact]
    public void ProbabilisticSharpe_BestOfNoiseWithoutDeflation_IsBelievedFarTooOften()
    {
        // The fault that the deflation mends: without it the test above would fail.
        var believed = Enumerable.Range(0, 200).Count(trial =>
        {
            var best = Enumerable.Range(0, 20).Select(n => Moments.Of(SimulatedReturns.Normal(34, trial * 20 + n, 500, 0))).MaxBy(moments => moments.Sharpe().Value);
            return ProbabilisticSharpe.Of(best.Sharpe().Value, 500, best.Skew, best.Kurtosis) > 0.95;
        });
        Assert.InRange(believed / 200.0, 0.4, 0.9);
    }

    [Fact]
    public void SharpeDifference_EqualTruths_IsRejectedAtFivePercentInAboutFivePercent()
    {
        var rejected = 0;
        Parallel.For(0, Series, OneACore, i =>
        {
            var common = SimulatedReturns.FatTailed(41, 3 * i, 500, 1, 0.2);
            var first = SimulatedReturns.FatTailed(41, 3 * i + 1, 500, 1, 0.2);
            var second = SimulatedReturns.FatTailed(41, 3 * i + 2, 500, 1, 0.2);
            for (var t = 0; t < 500; t++) (first[t], second[t]) = (common[t] + first[t], 2 * (common[t] + second[t]));
            if (SharpeDifference.Of(first, second, 252, 299, (ulong)i).PValue.Value <= 0.05) Interlocked.Increment(ref rejected);
        });
        output.WriteLine(FormattableString.Invariant($"rejected in {rejected} of {Series}"));
        Assert.InRange(rejected / (double)Series, 0.03, 0.07);
    }

    [Fact]
    public void SuperiorPredictiveAbility_NoModelIsBetter_IsRejectedAtFivePercentInAtMostAboutFivePercent()
    {
        int spa = 0, check = 0;
        Parallel.For(0, Series, OneACore, i =>
        {
            var models = Enumerable.Range(0, 5).Select(k => SimulatedReturns.FatTailed(42, 6 * i + k, 250, 0, 0.1)).ToArray();
            var test = SuperiorPredictiveAbility.Of(models, new double[250], 299, (ulong)i);
            if (test.Consistent.Value <= 0.05) Interlocked.Increment(ref spa);
            if (test.RealityCheck.Value <= 0.05) Interlocked.Increment(ref check);
        });
        output.WriteLine(FormattableString.Invariant($"SPA rejects in {spa}, the Reality Check in {check} of {Series}"));
        Assert.InRange(spa / (double)Series, 0.02, 0.075);
        Assert.InRange(check / (double)Series, 0.02, 0.075);
    }

    private double Coverage(double sharpe, Func<int, double[]> series)
    {
        var held = 0;
        Parallel.For(0, Series, OneACore, i =>
        {
            var interval = SharpeInterval.Of(series(i), 252, seed: (ulong)i);
            if (interval.Lower.Value <= sharpe && sharpe <= interval.Upper.Value) Interlocked.Increment(ref held);
        });
        output.WriteLine(FormattableString.Invariant($"the interval holds the truth in {held} of {Series} series"));
        return held / (double)Series;
    }
}
