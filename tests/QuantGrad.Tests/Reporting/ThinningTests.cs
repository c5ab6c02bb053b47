using FsCheck;
using FsCheck.Fluent;
using QuantGrad.Autodiff;
using QuantGrad.Reporting.Charts;

namespace QuantGrad.Tests.Reporting;

public sealed class ThinningTests
{
    [Fact]
    public void Rows_LongSeries_KeepEveryBucketsExtremes() =>
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new RandomStream((ulong)seed);
            var first = new double[5000];
            var second = new double[5000];
            for (var row = 0; row < first.Length; row++)
            {
                first[row] = (row == 0 ? 0 : first[row - 1]) + random.NextNormal();
                second[row] = random.NextUniform() < 0.01 ? double.NaN : random.NextNormal();
            }

            var rows = Thinning.Rows([first, second], 800, 1234);

            Assert.InRange(rows.Length, 400, 803);
            Assert.Equal(rows.Order().Distinct(), rows);
            Assert.Equal([0, 4999], new[] { rows[0], rows[^1] });
            Assert.Contains(1234, rows);
            var byBucket = rows.ToLookup(row => row / 25);
            foreach (var series in new[] { first, second })
                for (var bucket = 0; bucket < 200; bucket++)
                {
                    var all = series[(bucket * 25)..(bucket * 25 + 25)].Where(double.IsFinite).ToArray();
                    var kept = byBucket[bucket].Select(row => series[row]).Where(double.IsFinite).ToArray();
                    Assert.Equal((all.Min(), all.Max()), (kept.Min(), kept.Max()));
                }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rows_ShortSeries_KeepAll() => Assert.Equal([0, 1, 2], Thinning.Rows([[3, 1, 2]], 10));

    [Fact]
    public void Rows_OnlyUndefined_KeepTheEnds() => Assert.Equal([0, 99], Thinning.Rows([[.. Enumerable.Repeat(double.NaN, 100)]], 10));
}
