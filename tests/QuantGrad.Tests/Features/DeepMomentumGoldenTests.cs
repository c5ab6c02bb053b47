using QuantGrad.Features;

namespace QuantGrad.Tests.Features;

/// <summary>The published definitions of FORMULAS section 6 against its numbers at t = 600.</summary>
public sealed class DeepMomentumGoldenTests
{
    [Theory]
    [InlineData("close", 141.306940044667)]
    [InlineData("ewmvol(60)", 0.010756738351721598)]
    [InlineData("ret(1) / ewmvol(60)", 0.2565578042559613)]
    [InlineData("ret(21) / (ewmvol(60) * sqrt(21))", 0.5215387794531207)]
    [InlineData("ret(63) / (ewmvol(60) * sqrt(63))", 1.4267679735745966)]
    [InlineData("ret(126) / (ewmvol(60) * sqrt(126))", 0.7764535271373209)]
    [InlineData("ret(252) / (ewmvol(60) * sqrt(252))", 1.3700399694325678)]
    [InlineData("macdn(8, 24)", 0.965833831284553)]
    [InlineData("macdn(16, 48)", 1.9807709597750867)]
    [InlineData("macdn(32, 96)", 4.127041303561978)]
    [InlineData("ewm_std(ret(1), 60)", 0.010756738351721598)]
    public void Compute_PublishedPath_GivesTheGoldenValue(string formula, double expected)
    {
        var panel = Markets.OfCloses([.. Enumerable.Range(0, 700).Select(Markets.DeepMomentumPrice)]);
        var table = FeatureSet.Parse(new Dictionary<string, string> { ["x"] = formula }, TimeSpan.FromDays(1)).Compute(panel);
        Assert.Equal(expected, table.Row(600, 0)[0], 1e-10 * Math.Abs(expected));
    }

    [Fact]
    public void Phi_OfTwo_IsTheClassicPositionMap() =>
        Assert.Equal(2 * Math.Exp(-1) / 0.89, FeatureTests.ValueOf("phi(2)"), 1e-15);
}
