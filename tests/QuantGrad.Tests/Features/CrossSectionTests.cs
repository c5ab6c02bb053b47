using QuantGrad.Features.Compilation;

namespace QuantGrad.Tests.Features;

public sealed class CrossSectionTests
{
    [Fact]
    public void Rank_TiesAndAbsentSymbols_ShareTheMeanRank() =>
        Assert.Equal([0, double.NaN, 0.5, 0.5, 1], Applied("rank", 1, double.NaN, 2, 2, 9));

    [Fact]
    public void Rank_OneSymbolAlone_IsTheMiddle() => Assert.Equal([0.5, double.NaN], Applied("rank", 3, double.NaN));

    [Fact]
    public void Demean_AliveSymbols_SumToZero() => Assert.Equal([-2, double.NaN, 2], Applied("demean", 1, double.NaN, 5));

    [Fact]
    public void Mean_AliveSymbols_IsTheSameForAll() => Assert.Equal([3, double.NaN, 3], Applied("cs_mean", 1, double.NaN, 5));

    [Fact]
    public void ZScore_AliveSymbols_HasDivisorNMinusOne() =>
        Assert.Equal([-1, 0, 1, double.NaN], Applied("cs_zscore", 1, 2, 3, double.NaN));

    [Fact]
    public void ZScore_AllEqual_IsUndefined() => Assert.All(Applied("cs_zscore", 2, 2, 2), value => Assert.True(double.IsNaN(value)));

    [Fact]
    public void Compute_RankOfReturns_ComparesTheSymbolsOfTheDate()
    {
        var panel = Markets.Of(("A", [100, 110, 110]), ("B", [100, 105, double.NaN]), ("C", [100, 90, 99]));
        var table = FeatureTests.Parse("rank(ret(1))").Compute(panel);
        Assert.Equal([1, 0.5, 0], new[] { table.Row(1, 0)[0], table.Row(1, 1)[0], table.Row(1, 2)[0] });
        Assert.Equal([0, double.NaN, 1], new[] { table.Row(2, 0)[0], table.Row(2, 1)[0], table.Row(2, 2)[0] });
    }

    private static double[] Applied(string kind, params double[] values)
    {
        CrossSection.Apply(kind, values, new double[values.Length]);
        return values;
    }
}
