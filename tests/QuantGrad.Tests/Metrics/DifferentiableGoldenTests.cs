using QuantGrad.Metrics.Differentiable;
using QuantGrad.Metrics.Returns;

namespace QuantGrad.Tests.Metrics;

public sealed class DifferentiableGoldenTests
{
    private static readonly double[] Five = [0.01, -0.02, 0.03, 0.005, -0.01];

    [Fact]
    public void SharpeLoss_FiveReturns_AgreesWithTheGoldenValueAndGradient()
    {
        double[] expected = [-171.4449793957163, -227.55404134681635, -134.0389380949829, -180.79648972089964, -208.85102069644967];
        var loss = SharpeLoss.Of(Five, 252);
        Assert.Equal(-2.7680564077645946, loss.Value, 1e-14);
        for (var i = 0; i < Five.Length; i++)
        {
            Assert.Equal(expected[i], loss.Gradient(Five[i]), 1e-11);
            Assert.Equal(expected[i], loss.Affine.Offset + loss.Affine.Slope * Five[i], 1e-11);
        }
    }

    [Fact]
    public void SharpeLoss_NoEpsilon_GradientIsOrthogonalToTheReturns()
    {
        var loss = SharpeLoss.Of(Five, 252, 0);
        Assert.Equal(0, Five.Sum(r => r * loss.Gradient(r)), 1e-12);
    }

    [Fact]
    public void SharpeLoss_ChunksOfAnySize_EqualTheWhole()
    {
        var whole = SharpeLoss.Of(GoldenSeries.Fifty, 252);
        foreach (var size in new[] { 1, 7, 16, 50 })
        {
            double sum = 0, squares = 0;
            foreach (var chunk in GoldenSeries.Fifty.Chunk(size))
            {
                sum += chunk.Sum();
                squares += chunk.Sum(r => r * r);
            }

            var chunked = new SharpeLoss(sum, squares, 50, 252);
            Assert.Equal(whole.Value, chunked.Value, 1e-12);
            foreach (var r in GoldenSeries.Fifty) Assert.Equal(1, whole.Gradient(r) / chunked.Gradient(r), 1e-12);
        }
    }

    [Fact]
    public void SharpeLoss_Gradient_AgreesWithCentralDifferences()
    {
        var loss = SharpeLoss.Of(GoldenSeries.Fifty, 252);
        for (var i = 0; i < 50; i++)
        {
            double At(double step) => SharpeLoss.Of([.. GoldenSeries.Fifty.Select((r, j) => j == i ? r + step : r)], 252).Value;
            Assert.Equal((At(1e-6) - At(-1e-6)) / 2e-6, loss.Gradient(GoldenSeries.Fifty[i]), 1e-4);
        }
    }

    [Fact]
    public void SharpeLoss_EqualReturns_StaysFinite()
    {
        var loss = SharpeLoss.Of([0.01, 0.01, 0.01], 252);
        Assert.True(double.IsFinite(loss.Value) && double.IsFinite(loss.Gradient(0.01)));
        Assert.Equal(0, SharpeLoss.Of([0, 0, 0], 252).Value);
    }

    [Fact]
    public void SharpeLoss_NoEpsilon_IsTheReportedSharpeUpToTheDegreeOfFreedom() =>
        Assert.Equal(-SharpeRatio.Of(GoldenSeries.Fifty, 252).Value * Math.Sqrt(50.0 / 49), SharpeLoss.Of(GoldenSeries.Fifty, 252, 0).Value, 1e-12);

    [Fact]
    public void SoftMinimum_ThreeWindows_AgreesWithTheGoldenNumbers()
    {
        var weights = new double[3];
        Assert.Equal(-0.40088249694426425, SoftMinimum.Of([1.2, -0.4, 0.7], 5, weights), 1e-15);
        Assert.Equal(0.000333986, weights[0], 5e-10);
        Assert.Equal(0.995597236, weights[1], 5e-10);
        Assert.Equal(0.004068778, weights[2], 5e-10);
    }

    [Fact]
    public void DifferentialSharpe_FourReturns_AgreesWithTheGoldenNumbers()
    {
        var state = new DifferentialSharpe(0.1, 0.001, 0.0004);
        foreach (var (r, ratio, derivative) in new[]
                 {
                     (0.01, 0.470513321731, 48.93338546), (-0.02, -1.15945860645, 58.1761189732),
                     (0.03, 1.57949846915, 53.0036538188), (0.0, -0.0681699456886, 49.7772513243),
                 })
        {
            var actual = state.Update(r);
            Assert.Equal(ratio, actual.Ratio, Math.Abs(ratio) * 1e-11);
            Assert.Equal(derivative, actual.Derivative, derivative * 1e-10);
        }

        Assert.Equal(0.0024651, state.Mean, 1e-15);
        Assert.Equal(0.00038313, state.MeanSquare, 1e-15);
    }

    [Fact]
    public void DifferentialSharpe_NoSpreadYet_IsNotANumber() => Assert.True(double.IsNaN(new DifferentialSharpe(0.1, 0, 0).Update(0.01).Ratio));
}
