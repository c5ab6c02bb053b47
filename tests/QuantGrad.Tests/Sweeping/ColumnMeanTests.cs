using QuantGrad.Indicators.Averages;
using QuantGrad.Sweeping;
using QuantGrad.Tests.Features;

namespace QuantGrad.Tests.Sweeping;

public sealed class ColumnMeanTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(250)]
    public void Fill_LongWildSeries_EqualsTheLibrarysAverage(int length)
    {
        var seed = 3UL;
        var column = Enumerable.Range(0, 20_000).Select(_ => Math.Exp(30 * Markets.Uniform(ref seed))).ToArray();
        var average = new Sma(length);
        var means = new double[column.Length];
        new ColumnMean(column).Fill(length, means);
        for (var i = 1; i < length; i++) average.Next(column[0]);
        for (var t = 0; t < column.Length; t++) Assert.Equal(1, means[t] / average.Next(column[t]), 13);
    }
}
