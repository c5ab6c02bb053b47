using QuantGrad.Training;

namespace QuantGrad.Tests.Training;

/// <summary>Early stopping and the notice of divergence, by numbers.</summary>
public sealed class StoppingTests
{
    [Fact]
    public void EarlyStopping_Smoothed_KeepsThePlateauNotThePeak()
    {
        double[] curve = [0, 0, 3, 0, 1, 1, 1, 1, 1, 1, 1, 1];
        Assert.Equal(3, Kept(curve, burnIn: 0, smoothing: 0));
        Assert.Equal(curve.Length, Kept(curve, burnIn: 0, smoothing: 0.7));
        Assert.Equal(5, Kept(curve, burnIn: 3, smoothing: 0));
    }

    [Fact]
    public void EarlyStopping_Patience_CountsFromTheBestOrTheBurnIn()
    {
        var stopping = new EarlyStopping(burnIn: 4, patience: 3, smoothing: 0);
        for (var epoch = 1; epoch <= 5; epoch++) stopping.IsBest(epoch, -epoch);
        Assert.Equal(5, stopping.BestEpoch);
        Assert.False(stopping.ShouldStop(7));
        Assert.True(stopping.ShouldStop(8));
        Assert.False(new EarlyStopping(4, 0, 0).ShouldStop(1000));
    }

    [Fact]
    public void EarlyStopping_ValueThatIsNotFinite_IsPassedOver()
    {
        var stopping = new EarlyStopping(0, 10, 0.7);
        Assert.True(stopping.IsBest(1, 1));
        Assert.False(stopping.IsBest(2, double.NaN));
        Assert.True(stopping.IsBest(3, 2));
    }

    [Theory]
    [InlineData(double.NaN, 1, "the loss is not finite")]
    [InlineData(1, double.PositiveInfinity, "the gradient is not finite")]
    [InlineData(1, 3e6, "the gradient's norm 3e+06 is more than 1000000 times its median so far, 1")]
    [InlineData(1, 5e5, null)]
    public void Divergence_AfterFiveQuietEpochs_IsNamed(double loss, double norm, string? expected)
    {
        var divergence = new Divergence(20);
        foreach (var quiet in new[] { 1, 0.5, 100, 2, 0.1 }) Assert.Null(divergence.Notice(0, quiet));
        Assert.Equal(expected, divergence.Notice(loss, norm));
    }

    private static int Kept(double[] curve, int burnIn, double smoothing)
    {
        var stopping = new EarlyStopping(burnIn, 0, smoothing);
        for (var epoch = 1; epoch <= curve.Length; epoch++) stopping.IsBest(epoch, curve[epoch - 1]);
        return stopping.BestEpoch;
    }
}
