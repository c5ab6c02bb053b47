using QuantGrad.Accounting;
using QuantGrad.Auditing;
using QuantGrad.Autodiff;
using QuantGrad.Strategies;
using QuantGrad.Tests.Exporting;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.WalkForward;

/// <summary>Heads that share the portfolio out over the symbols of a date: in the graph, in the books and outside the exported graph the same.</summary>
public sealed class PortfolioHeadTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-head-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("softmax", "[{dense: 4}]")]
    [InlineData("market_neutral", "[{dense: 4}]")]
    [InlineData("market_neutral", "[{gru: 3}]")]
    public void Run_WithoutSizing_SharesOutOneEachDate_AndTheBundleAgrees(string portfolio, string layers)
    {
        var result = SmallRun.Evaluate(SequenceModelTests.With(layers, $"position.portfolio={portfolio}", "position.sizing=none"), SequenceModelTests.MarketWithHoles());
        var moved = false;
        for (var row = 0; row < result.Signals.Length; row += result.Assets)
        {
            var weights = Enumerable.Range(row, result.Assets).Where(cell => result.Decisions[cell] == Decision.Trade)
                .Select(cell => result.Signals[cell] * result.Market.Sizing.Sizes[result.First * result.Assets + cell]).ToArray();
            if (weights.Length < 2) continue;
            Assert.Equal(portfolio == "softmax" ? 1 : 0, weights.Sum(), 1e-5);
            Assert.InRange(weights.Sum(Math.Abs), portfolio == "softmax" ? 0.99999 : 0, 1.00001);
            Assert.True(portfolio != "softmax" || weights.All(weight => weight > 0));
            moved |= weights.Sum(Math.Abs) > 0.5;
        }

        Assert.True(moved);
        BundleParity.Check(result, 1, Path.Combine(folder.FullName, "model"));
    }

    [Fact]
    public void Run_VolatilitySizing_MultipliesTheShares()
    {
        var result = SmallRun.Evaluate(SequenceModelTests.With("[{dense: 3}]", "position.portfolio=softmax", "training.epochs=1"), SequenceModelTests.MarketWithHoles());
        var sizes = result.Market.Sizing.Sizes.Where(size => size > 0).ToArray();
        Assert.InRange(sizes.Average(), 0.3, 2); // the volatility target over the symbols' own, not divided by their number
        BundleParity.Check(result, 1, Path.Combine(folder.FullName, "model"));
    }

    [Fact]
    public void MarketNeutral_OneSymbol_IsRefused()
    {
        var fault = Assert.Throws<UsageException>(() => Preparation.Of(
            SmallRun.Strategy("unused", "position.portfolio=market_neutral"), SmallRun.DataSet(SmallRun.Autoregressive(1, 1, 4, 0.2).Panel), 1));
        Assert.Contains("is the only symbol", fault.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("softmax"), InlineData("market_neutral")]
    public void GradientCheckAndAudit_Hold(string portfolio)
    {
        var strategy = SequenceModelTests.With("[{dense: 3}]", $"position.portfolio={portfolio}", "training.epochs=2");
        var data = SequenceModelTests.MarketWithHoles();
        var report = StrategyGradientCheck.Run(Preparation.Of(strategy, data, 1), 8, StrategyGradientCheck.DefaultTolerance);
        Assert.True(report.Passed, string.Join("; ", report.Groups));
        Assert.Empty(StrategyAudit.Run(new AuditedPipeline(StrategyAudit.Shortened(strategy)), data, 1, CancellationToken.None).Findings);
    }

    /// <summary>Demeaning takes the head's bias away: its gradient is rounding, which is no fault.</summary>
    [Fact]
    public void GradientCheck_GroupWithoutSlope_Holds()
    {
        var strategy = SequenceModelTests.With("[{lstm: 3}]", "position.portfolio=market_neutral", "objective.loss=calmar");
        var report = StrategyGradientCheck.Run(Preparation.Of(strategy, SequenceModelTests.MarketWithHoles(), 1), 8, StrategyGradientCheck.DefaultTolerance);
        Assert.True(report.Passed, string.Join("; ", report.Groups));
        Assert.InRange(Math.Abs(report.Groups.Single(group => group.Parameter.EndsWith("head.bias", StringComparison.Ordinal)).Backward), 0, 1e-9);
    }

    [Theory, InlineData(Portfolio.Softmax), InlineData(Portfolio.MarketNeutral)]
    public void Share_ScoresOfADate_IsTheOp(Portfolio portfolio)
    {
        float[] scores = [0.3f, -1.2f, 2.5f, 0.01f];
        var graph = new Graph();
        var (score, alive) = (graph.Input("score", Shape.PerRow(1)), graph.Input("alive", Shape.PerRow(1)));
        var shares = PortfolioHead.Append(graph, portfolio, score, alive);
        var plan = new Plan<float>(graph, new PlanSize(1, 6), shares);
        new[] { scores[0], 9, scores[1], scores[2], -9, scores[3] }.CopyTo(plan.Value(score));
        new float[] { 1, 0, 1, 1, 0, 1 }.CopyTo(plan.Value(alive));
        plan.Forward();
        PortfolioHead.Share(portfolio, scores);
        Assert.Equal([plan.Value(shares)[0], plan.Value(shares)[2], plan.Value(shares)[3], plan.Value(shares)[5]], scores);
    }

    [Theory, InlineData("zero_head", true), InlineData("orthogonal", false), InlineData("he", false)]
    public void Initialization_ZeroHead_StartsFlat(string initialization, bool isFlat)
    {
        var strategy = SequenceModelTests.With("[{dense: 3}, {conv: 3}]", $"model.network.initialization={initialization}");
        var market = Preparation.Of(strategy, SequenceModelTests.MarketWithHoles(), 1);
        var signals = SequenceModelTests.Untrained(strategy, market).Signals(market.View, market.Folds[0].Test).Where(double.IsFinite);
        Assert.Equal(isFlat, signals.All(signal => signal == 0));
    }
}
