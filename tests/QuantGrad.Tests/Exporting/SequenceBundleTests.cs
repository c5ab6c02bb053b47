using QuantGrad.Exporting;
using QuantGrad.Strategies;
using QuantGrad.Tests.WalkForward;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.Exporting;

/// <summary>Models that look along time, trained and exported: the run, the bundle over all bars and the bundle bar by bar say the same.</summary>
public sealed class SequenceBundleTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-sequence-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory, MemberData(nameof(SequenceModelTests.Layers), MemberType = typeof(SequenceModelTests))]
    public void Bundle_BatchAndStream_GiveTheRunsSignalsOnEveryTestRow(string layers)
    {
        var manifest = AssertRunBatchAndStreamAgree(SequenceModelTests.With(layers, "training.learning_rate=0.03"));
        Assert.Equal(("sequence", 0), (manifest.Kind, manifest.WarmUpBars));
    }

    [Theory]
    [InlineData("$g * (latch(rsi($n) < 40, rsi($n) > 55) - latch(rsi($n) > 60, rsi($n) < 45))")]
    [InlineData("tanh($g * (ema(close, $n) - sma(close, 30)) / atr(20))")]
    [InlineData("$g * sign(close - lag(rolling_max(close, $n), 1))")]
    public void RuleBundle_BatchAndStream_GiveTheRunsSignalsOnEveryTestRow(string position)
    {
        var manifest = AssertRunBatchAndStreamAgree(SmallRun.Strategy(
            "unused", "model.network=", "model.rule.parameters.n={init: 10, min: 3, max: 25}", "model.rule.parameters.g={init: 0.5, min: 0.1, max: 1}", $"model.rule.position={position}",
            "model.rule.starts=2", "training.epochs=6", "training.seeds=1"));
        Assert.Equal("rule", manifest.Kind);
        Assert.InRange(manifest.WarmUpBars, 24, 25);
    }

    private BundleManifest AssertRunBatchAndStreamAgree(Strategy strategy) =>
        BundleParity.Check(SmallRun.Evaluate(strategy, SequenceModelTests.MarketWithHoles()), 1, Path.Combine(folder.FullName, "model"));

    [Theory, InlineData("[{conv: 4, kernel: 3, dilation: 4}, {attention: 4, window: 9}]", 17), InlineData("[{tcn: 4, kernel: 3}]", 5), InlineData("[{dense: 3}]", 0)]
    public void SequenceBars_FiniteReach_IsTheReceptiveField(string layers, int bars)
    {
        var strategy = SequenceModelTests.With(layers);
        var market = Preparation.Of(strategy, SequenceModelTests.MarketWithHoles(), 1);
        Assert.Equal(bars, SequenceMeasurement.Bars(market, SequenceModelTests.Untrained(strategy, market)));
    }

    [Fact]
    public void SequenceBars_ForgetGateWideOpen_AreMoreThanThoseOfOneThatForgets()
    {
        var strategy = SequenceModelTests.With("[{lstm: 3}]");
        var market = Preparation.Of(strategy, SequenceModelTests.MarketWithHoles(), 1);
        var model = SequenceModelTests.Untrained(strategy, market);
        var quick = SequenceMeasurement.Bars(market, model);
        var bias = 3 * 12 + 3 * 12 + 3; // behind Wx and Wh, the gates in the order i, f, o, g
        var slow = model.Members[0].Parameters.ToArray();
        for (var unit = 0; unit < 3; unit++) slow[bias + unit] = 4;
        var remembering = SequenceMeasurement.Bars(market, new FoldModel(strategy, [model.Members[0] with { Parameters = slow }], 252));
        Assert.InRange(quick, 5, 60);
        Assert.InRange(remembering, 2 * quick, 253);
    }

    [Fact]
    public void SequenceBars_ShortMemory_AreMeasuredBeyondIt()
    {
        // The state goes on through a test window, however few bars have warmed it up: what is exported must see as far.
        var (usual, brief) = (SequenceModelTests.With("[{lstm: 3}]"), SequenceModelTests.With("[{lstm: 3}]", "model.network.memory=2"));
        var market = SequenceModelTests.MarketWithHoles();
        int Bars(Strategy strategy) => SequenceMeasurement.Bars(Preparation.Of(strategy, market, 1), SequenceModelTests.Untrained(strategy, Preparation.Of(strategy, market, 1)));
        Assert.InRange(Bars(brief), Bars(usual) - 5, Bars(usual) + 5);
    }

    [Fact]
    public void RowHistory_ManyMoreRowsThanKept_HoldsTheNewestInOrder()
    {
        var history = new RowHistory(2, 5, 1);
        for (var row = 0; row < 100; row++)
        {
            history.Add(1, [row]);
            Assert.Equal(Math.Min(row + 1, 5), history.Count(1));
            Assert.Equal([.. Enumerable.Range(Math.Max(0, row - 4), Math.Min(row + 1, 5)).Select(value => (float)value)], history.Rows(1).ToArray());
        }

        Assert.Equal(0, history.Count(0));
    }
}
