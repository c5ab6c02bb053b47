using QuantGrad.Autodiff;
using QuantGrad.Diagnosing;
using QuantGrad.Tests.Training;
using QuantGrad.Tests.WalkForward;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.Diagnosing;

/// <summary>The lecture's ills and cures through the diagnosis of a strategy, and its mathematics against plain formulas.</summary>
public sealed class DiagnosisTests(ITestOutputHelper output)
{
    private static readonly QuantGrad.MarketData.Panel Prices = SmallRun.Autoregressive(seed: 3, symbols: 3, years: 4, rho: 0.2).Panel;

    [Fact]
    public void Flow_TenSigmoidLayers_VanishesAndNamesTheCures()
    {
        var flow = Flow("{dense: 8, activation: sigmoid}");
        Assert.Equal("vanishing", flow.Verdict);
        Assert.InRange(flow.Ratio, 0, 1e-4);
        Assert.Contains(flow.Cures, cure => cure.StartsWith("activation: relu", StringComparison.Ordinal));
        Assert.Contains(flow.Cures, cure => cure.StartsWith("skip connections", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{dense: 8, activation: relu}")]
    [InlineData("{dense: 8, activation: tanh}")]
    [InlineData("{residual: 8, activation: sigmoid}")]
    [InlineData("{dense: 8, activation: sigmoid}, {layer_norm: 1e-5}")]
    public void Flow_EachCure_LetsTheGradientThrough(string layer)
    {
        var flow = Flow(layer);
        Assert.Equal("flows", flow.Verdict);
        Assert.InRange(flow.Ratio, GradientFlow.Limit, 1 / GradientFlow.Limit);
        Assert.Empty(flow.Cures);
    }

    [Theory]
    [InlineData("{dense: 16, activation: relu}, {dense: 16, activation: relu}")]
    [InlineData("{dense: 16, activation: tanh}")]
    public void Flow_RateFarTooLarge_IsStuckWhateverTheFirstWeightsWere(string layers)
    {
        var market = Market($"model.network.layers=[{layers}]");
        var ground = new DiagnosisGround(market, market.Folds[0]);
        var flow = GradientFlow.Of(ground, DescentTrace.Walk(ground, _ => 30, 20, CancellationToken.None));
        Assert.Equal("stuck", flow.Verdict);
        Assert.Contains("a smaller learning rate (see the range test)", flow.Cures);
    }

    [Fact]
    public void Of_SmallNetwork_FindsARateThatTrainsAndCreditsEveryLayer()
    {
        var diagnosis = Diagnosis.Of(Market("training.epochs=30"), null, SilentProgress.Instance, Parallel(2));
        var ends = diagnosis.Rates.ToDictionary(rate => rate.Name, rate => rate.Objectives[^1], StringComparer.Ordinal);
        Assert.True(ends["right"] > ends["too small"] + 0.1, string.Join(", ", ends));
        Assert.True(ends["right"] > ends["too large"], string.Join(", ", ends));
        Assert.Equal(["layer0", "head"], diagnosis.Layers);
        Assert.All(diagnosis.Descent.Credit, credit => Assert.True(credit > 0));
        Assert.Equal(3, diagnosis.Credit.IntegratedGradients.Length);

        var along = diagnosis.Landscape.Along;
        Assert.Equal([1, 0], Array.ConvertAll(along.Path[0], value => Math.Round(value, 6)));
        Assert.Equal([0, 0], Array.ConvertAll(along.Path[^1], value => Math.Round(value, 6)));
        Assert.Equal([0, 15, 30], diagnosis.Landscape.Points.Select(point => point.Epoch));
    }

    [Fact]
    public void Json_OtherThreads_GivesTheSameBytes() => Assert.Equal(Json(threads: 1), Json(threads: 3));

    [Fact]
    public void Of_FoldThatIsNotThere_IsRefused() =>
        Assert.Equal("--fold 9: the walk has the folds 0 to 0.", Assert.Throws<UsageException>(() => Diagnosis.Of(Market(), 9, SilentProgress.Instance, Parallel(1))).Message);

    [Fact]
    public void Curvature_TwoWeights_IsTheHessiansEigenvalues()
    {
        var loss = SmallWindow.Loss<double>("model.network.layers=[]", "features={ one: ret(1) / ewmvol(20) }");
        var point = loss.Parameters.ToArray();
        var (a, b) = (Curvature.Product(loss, point, [1, 0]), Curvature.Product(loss, point, [0, 1]));
        Assert.Equal(a[1], b[0], 1e-4 * (Math.Abs(a[0]) + Math.Abs(b[1])));
        var (mean, radius) = ((a[0] + b[1]) / 2, Math.Sqrt(Math.Pow((a[0] - b[1]) / 2, 2) + a[1] * b[0]));
        var found = Curvature.At(loss, Array.ConvertAll(point, value => (float)value), 1, CancellationToken.None);
        var scale = Math.Max(Math.Abs(mean + radius), Math.Abs(mean - radius));
        Assert.Equal(mean - radius, found.Smallest, 1e-2 * scale);
        Assert.Equal(mean + radius, found.Largest, 1e-2 * scale);
    }

    [Fact]
    public void Curvature_Network_BoundsEveryDirectionsCurvature()
    {
        var loss = SmallWindow.Loss<double>();
        var point = loss.Parameters.ToArray();
        var found = Curvature.At(loss, Array.ConvertAll(point, value => (float)value), 1, CancellationToken.None);
        var random = new RandomStream(3);
        for (var trial = 0; trial < 30; trial++)
        {
            var direction = point.Select(_ => random.NextNormal()).ToArray();
            var length = Math.Sqrt(direction.Sum(value => value * value));
            direction = Array.ConvertAll(direction, value => value / length);
            var curvature = Curvature.Product(loss, point, direction).Zip(direction, (x, y) => x * y).Sum();
            Assert.InRange(curvature, found.Smallest - 0.05 * Math.Abs(found.Smallest), found.Largest + 0.05 * Math.Abs(found.Largest));
        }
    }

    [Theory]
    [InlineData(-1, 2, "saddle")]
    [InlineData(-0.001, 2, "minimum")]
    [InlineData(-3, 0.01, "summit")]
    [InlineData(0, 0, "plateau")]
    [InlineData(-2e-10, 2e-10, "plateau")]
    public void Kind_ByTheExtremes_IsWhatTheEyeSees(double smallest, double largest, string kind) => Assert.Equal(kind, new Curvature(smallest, largest, 0).Kind);

    private GradientFlow Flow(string layer)
    {
        var market = Market($"model.network.layers=[{string.Join(", ", Enumerable.Repeat(layer, 10))}]");
        var ground = new DiagnosisGround(market, market.Folds[0]);
        var flow = GradientFlow.Of(ground, DescentTrace.Walk(ground, _ => 0.003, 10, CancellationToken.None));
        output.WriteLine(flow.Text);
        return flow;
    }

    private static ParallelOptions Parallel(int threads) => new() { MaxDegreeOfParallelism = threads };

    private static string Json(int threads) => DiagnosisJson.Write(Diagnosis.Of(Market("training.epochs=6"), 0, SilentProgress.Instance, Parallel(threads)));

    private static Preparation Market(params string[] settings) => Preparation.Of(SmallRun.Strategy("unused", ["walk_forward.train=3y", .. settings]), SmallRun.DataSet(Prices), threads: 1);
}
