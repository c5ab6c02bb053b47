namespace QuantGrad.Autodiff.Tests;

public class RandomStreamTests
{
    [Fact]
    public void NextBits_SeedZero_IsTheSameForEver()
    {
        var random = new RandomStream(0);
        Assert.Equal([12035550249420947055UL, 12935080325729570654UL], new[] { random.NextBits(), random.NextBits() });
    }

    [Fact]
    public void At_Places_AreWhatTheStreamWalksThrough()
    {
        var random = new RandomStream(7);
        for (var place = 0UL; place < 5; place++) Assert.Equal(random.NextBits(), RandomStream.At(7, place));
    }

    [Fact]
    public void NextUniformAndNormal_Moments_AreRight()
    {
        var random = new RandomStream(3);
        const int count = 200_000;
        var uniform = Enumerable.Range(0, count).Select(_ => random.NextUniform()).ToArray();
        var normal = Enumerable.Range(0, count).Select(_ => random.NextNormal()).ToArray();
        Assert.Equal(0.5, uniform.Average(), 0.004);
        Assert.Equal(1 / 12.0, uniform.Average(u => (u - 0.5) * (u - 0.5)), 0.002);
        Assert.Equal(0, normal.Average(), 0.01);
        Assert.Equal(1, normal.Average(z => z * z), 0.015);
        Assert.Equal(3, normal.Average(z => z * z * z * z), 0.1);
    }

    [Fact]
    public void Log_ManyValues_IsExactToTheLastBits()
    {
        var random = new RandomStream(1);
        for (var i = 0; i < 1000; i++)
        {
            var x = random.NextUniform() + 1e-18;
            Assert.Equal(Math.Log(x), RandomStream.Log(x), 4e-16 * (1 + Math.Abs(Math.Log(x))));
        }
    }

    [Fact]
    public void For_TwoNames_AreTwoStreams() => Assert.NotEqual(RandomStream.For(1, "a").NextBits(), RandomStream.For(1, "b").NextBits());
}
