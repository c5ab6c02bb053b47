using QuantGrad.Auditing;
using QuantGrad.Exporting;
using QuantGrad.MarketData;
using QuantGrad.Strategies;
using QuantGrad.Tests.Exporting;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.WalkForward;

/// <summary>Each symbol's own trained vector, by the symbol's name and not by its column.</summary>
public sealed class EmbeddingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-embedding-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory, InlineData("[{embedding: 2}, {dense: 4}]"), InlineData("[{gru: 3}, {embedding: 2, symbols: 5}, {dense: 3}]")]
    public void Bundle_BatchAndStream_GiveTheRunsSignals(string layers)
    {
        var result = Evaluate(layers);
        var manifest = BundleParity.Check(result, 1, Path.Combine(folder.FullName, "model"));
        Assert.Equal(("symbol", FeatureSetFormula), (manifest.Features[^1].Name, manifest.Features[^1].Formula));
        Assert.Equal((0, manifest.Market.Symbols.Count - 1), (manifest.Features[^1].Minimum, manifest.Features[^1].Maximum));
    }

    [Fact]
    public void Predict_OtherSymbolsAndOrder_LooksUpByNameAndGivesStrangersTheVectorZero()
    {
        var result = Evaluate("[{embedding: 2}]", "position.sizing=none");
        BundleExport.Write(Path.Combine(folder.FullName, "model"), result.Market, result.Models[1], result.Market.Folds[1], null, "run");
        using var predictor = new BundlePredictor(BundleReader.Verify(Path.Combine(folder.FullName, "model")));
        var (panel, first) = (result.Market.Data.Panel, result.Market.Folds[1].Test.Start);
        var (known, strange) = (Alone(panel, 1, panel.Symbols[1]), Alone(panel, 1, "STRANGER"));

        var all = predictor.Predict(panel, first);
        var (own, other) = (predictor.Predict(known, first), predictor.Predict(strange, first));

        var differs = 0;
        for (var step = first; step < panel.Steps; step++)
        {
            Assert.Equal(all.Signals[all.At(step, 1)], own.Signals[own.At(step, 0)], 1e-6f);
            if (float.IsFinite(own.Signals[own.At(step, 0)]) && Math.Abs(own.Signals[own.At(step, 0)] - other.Signals[other.At(step, 0)]) > 1e-4) differs++;
        }

        Assert.InRange(differs, 50, int.MaxValue);
    }

    [Fact]
    public void Training_Embedding_GivesSymbolsOfTheTrainWindowAloneAVector()
    {
        var result = Evaluate("[{embedding: 2}]");
        var table = result.Models[0].Members[0].Parameters.AsSpan(0, 2 * 128);
        Assert.All(Enumerable.Range(0, 2), asset => Assert.NotEqual(0, result.Models[0].Members[0].Parameters[2 * asset]));
        Assert.Equal(-1, table[(2 * result.Assets)..].IndexOfAnyExcept(0));
    }

    [Fact]
    public void GradientCheckAndAudit_Hold()
    {
        var strategy = SequenceModelTests.With("[{embedding: 2}, {dense: 3}]", "training.epochs=2");
        var data = SequenceModelTests.MarketWithHoles();
        var report = StrategyGradientCheck.Run(Preparation.Of(strategy, data, 1), 8, StrategyGradientCheck.DefaultTolerance);
        Assert.True(report.Passed, string.Join("; ", report.Groups));
        Assert.Empty(StrategyAudit.Run(new AuditedPipeline(StrategyAudit.Shortened(strategy)), data, 1, CancellationToken.None).Findings);
    }

    [Fact]
    public void MirrorAndNoise_LeaveTheSymbolAlone()
    {
        var result = Evaluate("[{embedding: 2}]", "training.augment.mirror=true", "training.augment.noise=0.5", "training.weight_average=ema");
        var table = result.Models[0].Members[0].Parameters.AsSpan(0, 2 * 128);
        Assert.Equal(-1, table[(2 * result.Assets)..].IndexOfAnyExcept(0));
        Assert.True(table.IndexOfAnyExcept(0) >= 0);
        var credit = CreditAssignment.Of(result.Market, result.Models[0], result.Market.Folds[0]);
        Assert.Equal(0, credit.IntegratedGradients[^1]);
        Assert.All(credit.IntegratedGradients[..^1], value => Assert.True(value > 0));
    }

    [Theory]
    [InlineData("features.where=symbol()", "[{dense: 2}]", "embedding layer brings along")]
    [InlineData("features.symbol=ret(3)", "[{embedding: 2}]", "embedding layer brings along")]
    [InlineData("seed=1", "[{embedding: 2, symbols: 2}]", "give it symbols: 3")]
    public void Prepare_WrongUse_IsRefused(string setting, string layers, string reason)
    {
        var refused = Assert.Throws<UsageException>(() => Preparation.Of(SequenceModelTests.With(layers, setting), SequenceModelTests.MarketWithHoles(), 1));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private const string FeatureSetFormula = "symbol()";

    private static OutOfSample Evaluate(string layers, params string[] settings) =>
        SmallRun.Evaluate(SequenceModelTests.With(layers, ["training.learning_rate=0.03", .. settings]), SequenceModelTests.MarketWithHoles());

    private static Panel Alone(Panel panel, int asset, string name) =>
        new(panel.Dates, [name], [panel.Open[asset]], [panel.High[asset]], [panel.Low[asset]], [panel.Close[asset]], [panel.Volume[asset]]);
}
