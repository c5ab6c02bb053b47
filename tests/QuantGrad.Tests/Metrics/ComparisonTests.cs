using QuantGrad.Metrics.Relative;
using QuantGrad.Metrics.Returns;
using QuantGrad.Metrics.Significance;

namespace QuantGrad.Tests.Metrics;

public sealed class ComparisonTests
{
    [Fact]
    public void SharpeDifference_SwappedSeries_ChangesTheSignOnly()
    {
        var (first, second) = (SimulatedReturns.Normal(51, 0, 750, 2), SimulatedReturns.Normal(51, 1, 750, 0));
        var (there, back) = (SharpeDifference.Of(first, second, 252), SharpeDifference.Of(second, first, 252));
        Assert.Equal(SharpeRatio.Of(first, 252).Value - SharpeRatio.Of(second, 252).Value, there.Difference.Value, 1e-12);
        Assert.Equal(there.Difference.Value, -back.Difference.Value, 1e-12);
        Assert.Equal(there.PValue, back.PValue);
        Assert.InRange(there.Lower.Value, double.NegativeInfinity, there.Difference.Value);
    }

    [Fact]
    public void SharpeDifference_LargeAgainstNone_IsSignificantAndEqualOnesAreNot()
    {
        var noise = SimulatedReturns.Normal(52, 0, 1000, 0);
        var skilled = SimulatedReturns.Normal(52, 1, 1000, 4);
        Assert.InRange(SharpeDifference.Of(skilled, noise, 252).PValue.Value, 0, 0.01);
        Assert.InRange(SharpeDifference.Of(skilled, [.. skilled.Select((r, t) => r + 0.0001 * noise[t])], 252).PValue.Value, 0.05, 1);
    }

    [Fact]
    public void SharpeDifference_SameSeriesAtAnotherLeverage_IsUndefined() =>
        Assert.Equal("the two series move as one", SharpeDifference.Of(GoldenSeries.Fifty, [.. GoldenSeries.Fifty.Select(r => 2 * r)], 252).PValue.Reason);

    [Fact]
    public void SuperiorPredictiveAbility_OneGoodModel_IsFoundAndOrderedAsHansenProves()
    {
        var models = Enumerable.Range(0, 6).Select(k => SimulatedReturns.Normal(53, k, 1000, k == 3 ? 4 : 0)).ToArray();
        var test = SuperiorPredictiveAbility.Of(models, new double[1000]);
        Assert.Equal(3, test.Best);
        Assert.InRange(test.Consistent.Value, 0, 0.01);
        Assert.InRange(test.RealityCheck.Value, 0, 0.01);

        var noise = SuperiorPredictiveAbility.Of(models[..3], new double[1000]);
        Assert.True(noise.Lower.Value <= noise.Consistent.Value && noise.Consistent.Value <= noise.Upper.Value);
        Assert.InRange(noise.Consistent.Value, 0.1, 1);
    }

    [Fact]
    public void SuperiorPredictiveAbility_HopelessModelsAdded_BlindTheRealityCheckButNotHansensTest()
    {
        var good = SimulatedReturns.Normal(54, 0, 1000, 1.3);
        var wild = Enumerable.Range(1, 8).Select(k => Array.ConvertAll(SimulatedReturns.Normal(54, k, 1000, 0), r => 5 * r - 0.03)).ToArray();
        var alone = SuperiorPredictiveAbility.Of([good], new double[1000]);
        var crowd = SuperiorPredictiveAbility.Of([good, .. wild], new double[1000]);
        Assert.Equal(alone.Consistent.Value, crowd.Consistent.Value, 0.02);
        Assert.True(crowd.RealityCheck.Value > alone.RealityCheck.Value + 0.1);
    }

    [Fact]
    public void SuperiorPredictiveAbility_OneModel_IsAboutTheOneSidedTTest()
    {
        var returns = SimulatedReturns.Normal(55, 0, 2000, 0.8);
        var t = NeweyWest.TStatistic(returns).Value;
        Assert.Equal(1 - QuantGrad.Metrics.NormalDistribution.Cumulative(t), SuperiorPredictiveAbility.Of([returns], new double[2000], 4999).Upper.Value, 0.02);
    }

    [Fact]
    public void RandomTiming_WeightsThatKnowTheFuture_AreBetterThanEveryDrawAndConstantOnesAreNot()
    {
        var returns = new[] { SimulatedReturns.Normal(56, 0, 600, 0), SimulatedReturns.Normal(56, 1, 600, 0) };
        var knowing = Array.ConvertAll(returns, column => Array.ConvertAll(column, r => r > 0 ? 1.0 : -1.0));
        var perfect = RandomTiming.Of(knowing, returns, new double[600], 252, 199);
        Assert.Equal(1.0 / 200, perfect.PValue.Value);
        Assert.Equal(199, perfect.Null.Length);

        var constant = Array.ConvertAll(returns, column => Array.ConvertAll(column, _ => 0.5));
        Assert.Equal(1, RandomTiming.Of(constant, returns, new double[600], 252, 199).PValue.Value);
    }

    [Theory]
    [InlineData(8, 3)]
    [InlineData(15, 8)]
    [InlineData(200, 99)]
    public void RandomTiming_FewerTurnsThanDraws_TakesEachOnce(int rows, int turns)
    {
        var returns = new[] { SimulatedReturns.Normal(59, 0, rows, 0) };
        var knowing = new[] { Array.ConvertAll(returns[0], r => r > 0 ? 1.0 : -1.0) };
        var timing = RandomTiming.Of(knowing, returns, new double[rows], 252, 499);
        Assert.Equal(turns, timing.Null.Length);
        Assert.InRange(timing.PValue.Value, 1.0 / (1 + turns), 1);
    }

    [Fact]
    public void RandomTiming_CostIsCharged_LowersSharpeAndDrawsAlike()
    {
        var returns = new[] { SimulatedReturns.Normal(57, 0, 300, 0) };
        var weights = new[] { Array.ConvertAll(SimulatedReturns.Normal(57, 1, 300, 0), w => 50 * w) };
        var cost = new double[300];
        var free = RandomTiming.Of(weights, returns, cost, 252, 99);
        Array.Fill(cost, 0.001);
        var charged = RandomTiming.Of(weights, returns, cost, 252, 99);
        Assert.Equal(free.Null.Average() - charged.Null.Average(), free.Sharpe.Value - charged.Sharpe.Value, 1.0);
        Assert.True(charged.Sharpe.Value < free.Sharpe.Value - 0.5);
    }

    [Fact]
    public void VolatilityMatch_Scaled_HasTheOthersVolatilityAndItsOwnSharpe()
    {
        var (market, strategy) = (SimulatedReturns.Normal(58, 0, 300, 1), Array.ConvertAll(SimulatedReturns.Normal(58, 1, 300, 1), r => 0.3 * r));
        var scaled = VolatilityMatch.Of(market, strategy)!;
        Assert.Equal(Volatility.Of(strategy, 252).Value, Volatility.Of(scaled, 252).Value, 1e-14);
        Assert.Equal(SharpeRatio.Of(market, 252).Value, SharpeRatio.Of(scaled, 252).Value, 1e-12);
        Assert.Null(VolatilityMatch.Of(new double[300], strategy));
    }

    [Fact]
    public void OverfittingProbability_MomentsOfBlocks_AgreeWithTheRowsPutTogether()
    {
        const int blocks = 6, rows = 125;
        var columns = Enumerable.Range(0, 5).Select(k => SimulatedReturns.FatTailed(61, k, rows, k, 0.1)).ToArray();
        var plain = new List<double>();
        for (var mask = 0; mask < 1 << blocks; mask++)
        {
            if (int.PopCount(mask) != blocks / 2) continue;
            double Sharpe(double[] column, bool isInside) =>
                SharpeRatio.Of([.. column.Where((_, t) => ((mask >> Math.Min(t / (rows / blocks), blocks - 1) & 1) == 1) == isInside)], 1).Value;
            var best = columns.MaxBy(column => Sharpe(column, isInside: true))!;
            var w = (1 + columns.Count(column => Sharpe(column, isInside: false) < Sharpe(best, isInside: false))) / 6.0;
            plain.Add(Math.Log(w / (1 - w)));
        }

        var overfitting = OverfittingProbability.Of(columns, blocks);
        Assert.Equal(plain, overfitting.Logits);
        Assert.Equal(plain.Count(logit => logit <= 0) / 20.0, overfitting.Probability.Value);
        Assert.Equal("fewer than 2 configurations", OverfittingProbability.Of([columns[0]], 4).Probability.Reason);
        Assert.Equal("fewer than 48 returns for 24 blocks", OverfittingProbability.Of([.. columns.Select(c => c[..40])], 24).Probability.Reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(25)]
    public void StationaryBootstrap_MeanBlock_DrawsRowsEvenlyInBlocksOfThatLength(double block)
    {
        var bootstrap = new StationaryBootstrap(500, block, new QuantGrad.Autodiff.RandomStream(3));
        var rows = new int[500];
        var (visits, starts) = (new int[500], 0);
        for (var i = 0; i < 400; i++)
        {
            bootstrap.Draw(rows);
            for (var t = 0; t < rows.Length; t++)
            {
                visits[rows[t]]++;
                if (t > 0 && rows[t] != (rows[t - 1] + 1) % 500) starts++;
            }
        }

        Assert.Equal(block, 400.0 * 499 / starts, block * 0.03);
        Assert.InRange(visits.Min(), 400 - 8 * 20 * Math.Sqrt(block), 400);
        Assert.InRange(visits.Max(), 400, 400 + 8 * 20 * Math.Sqrt(block));
    }

    [Fact]
    public void Dot_FixedLanes_AgreesWithThePlainSum()
    {
        for (var n = 0; n < 40; n++)
        {
            var (a, b) = (SimulatedReturns.Normal(59, n, n, 0), SimulatedReturns.Normal(60, n, n, 0));
            Assert.Equal(Dot.Plain(a, b), Dot.Of(a, b), 1e-15);
        }
    }
}
