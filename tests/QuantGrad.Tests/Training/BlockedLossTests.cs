using FsCheck;
using FsCheck.Fluent;
using QuantGrad.Training;

namespace QuantGrad.Tests.Training;

/// <summary>Blocks of any size give the loss and the gradient of the whole window.</summary>
public sealed class BlockedLossTests
{
    private static readonly Pass Step = new(Training: true, Seed: 77);

    [Fact]
    public void Gradient_AnyBlockSize_EqualsTheWholeWindow() => Holds("objective.loss=sharpe");

    [Theory]
    [InlineData("objective={ loss: { sortino: 1, calmar: 0.1, mse: 0.3 }, turnover_penalty: 0.01, leverage_penalty: 0.1 }")]
    [InlineData("objective.loss=pooled_sharpe")]
    [InlineData("position.portfolio=softmax")]
    public void Gradient_OtherObjectives_EqualsTheWholeWindow(string objective) => Holds(objective);

    [Fact]
    public void Gradient_MirroredWithNoise_EqualsTheWholeWindow() => Compare(100, Step with { Mirrored = true, Noise = 0.2 });

    [Fact]
    public void Evaluate_AfterAMirroredPass_IsTheFirstLossAgain()
    {
        foreach (var batch in new[] { "whole", "100" })
        {
            var loss = SmallWindow.Loss<double>($"training.batch={batch}");
            var before = loss.Evaluate(Pass.Evaluation);
            Assert.NotEqual(before, loss.Evaluate(Step with { Mirrored = true, Noise = 0.1 }));
            Assert.Equal(before, loss.Evaluate(Pass.Evaluation));
        }
    }

    [Fact]
    public void Memory_SmallBlocks_IsAFractionOfTheWholeWindows()
    {
        string[] wide = ["model.network.layers=[{dense: 64}, {dense: 64}, {dense: 64}]"];
        var whole = SmallWindow.Loss<float>(wide);
        var blocked = SmallWindow.Loss<float>([.. wide, "training.batch=20"]);
        Assert.True(blocked.Model.Bytes + blocked.Books.Bytes < whole.Model.Bytes / 3, $"{blocked.Model.Bytes} + {blocked.Books.Bytes} bytes, whole {whole.Model.Bytes}");
    }

    [Fact]
    public void Batch_NotBelowTheWindow_IsTheWholeWindow() => Assert.IsType<WholeLoss<double>>(SmallWindow.Loss<double>("training.batch=100000"));

    [Theory]
    [InlineData("model.network.layers=[{lstm: 4}]", "Lstm (member0.layer0)")]
    public void Batch_ModelThatLooksAlongTime_IsRefused(string layers, string named) =>
        Assert.Contains($"training.batch: the model has {named}", Assert.Throws<UsageException>(() => SmallWindow.Loss<double>(layers, "training.batch=50")).Message, StringComparison.Ordinal);

    private static void Holds(string objective) =>
        Prop.ForAll(Gen.Choose(1, 600).ToArbitrary(), size => Compare(size, Step, objective)).Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    private static void Compare(int blockBars, Pass pass, params string[] settings)
    {
        var whole = SmallWindow.Loss<double>(settings);
        var blocked = SmallWindow.Loss<double>([.. settings, $"training.batch={blockBars}"]);
        whole.Parameters.CopyTo(blocked.Parameters);
        Assert.Equal(whole.Differentiate(pass), blocked.Differentiate(pass), 1e-12 * (1 + Math.Abs(whole.Evaluate(pass))));
        whole.Differentiate(pass);
        var scale = Math.Sqrt(whole.Gradients.ToArray().Sum(g => g * g));
        for (var i = 0; i < whole.Gradients.Length; i++) Assert.Equal(whole.Gradients[i], blocked.Gradients[i], 1e-12 * scale);
    }
}
