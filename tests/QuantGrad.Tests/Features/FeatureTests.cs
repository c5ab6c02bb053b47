using QuantGrad.Features;
using QuantGrad.MarketData;

namespace QuantGrad.Tests.Features;

public sealed class FeatureTests
{
    private static readonly string[] Mixed =
    [
        "ret(5) / (vol(20) * sqrt(5))", "ewmvol(20)", "ema(close / sma(20), 10)", "rsi(14) / 50 - 1", "macd(5, 12, 4).histogram", "bb(20).percent_b",
        "atr(14) / close", "roc(10)", "stoch(14, 3, 3).d", "zscore(20)", "volume_ratio(10)", "macdn(4, 12, 10, 30)", "lag(ret(1), 2)",
        "where(close > sma(10), 1, -1)", "rolling_max(high, 5) - rolling_min(low, 5)", "month_sin + day_of_week",
    ];

    private static readonly string[] Across = [.. Mixed, "rank(ret(5))", "ema(cs_zscore(ret(3)), 5)", "rank(ema(demean(ret(1)), 4)) - 0.5", "cs_mean(ret(1))"];

    /// <summary>The value of a formula on the last of the given closes (100 by default).</summary>
    internal static double ValueOf(string formula, params double[] closes)
    {
        var panel = Markets.OfCloses(closes.Length == 0 ? [100] : closes);
        return Parse(formula).Compute(panel).Row(panel.Steps - 1, 0)[0];
    }

    internal static FeatureSet Parse(params string[] formulas) => FeatureSet.Parse(
        formulas.Select((f, i) => (Name: $"f{i}", Formula: f)).ToDictionary(x => x.Name, x => x.Formula), TimeSpan.FromDays(1));

    [Fact]
    public void Compute_LaterBarsChanged_LeavesEarlierRowsBitIdentical()
    {
        var panel = Markets.Ragged(300);
        var set = Parse(Across);
        var whole = set.Compute(panel).Values;
        foreach (var cut in new[] { 1, 57, 150, 299 })
        {
            Assert.Equal(Bits(whole.AsSpan(0, cut * 3 * Across.Length)), Bits(set.Compute(panel.Until(cut)).Values));
            var disturbed = panel.Slice(0, 300);
            foreach (var column in new[] { disturbed.Open, disturbed.High, disturbed.Low, disturbed.Close, disturbed.Volume })
                foreach (var symbol in column)
                    for (var t = cut; t < 300; t++) symbol[t] = symbol[t] * 1000 + 1;
            Assert.Equal(Bits(whole.AsSpan(0, cut * 3 * Across.Length)), Bits(set.Compute(disturbed).Values.AsSpan(0, cut * 3 * Across.Length)));
        }
    }

    [Fact]
    public void Advance_BarByBar_GivesTheBatchBitForBit()
    {
        var panel = Markets.Ragged(300);
        var set = Parse(Across);
        var stream = new FeatureStream(set, panel.Assets);
        var streamed = new double[panel.Steps * panel.Assets * Across.Length];
        for (var t = 0; t < panel.Steps; t++)
        {
            var bars = Enumerable.Range(0, panel.Assets).Select(asset => panel.At(t, asset)).ToArray();
            stream.Advance(bars, streamed.AsSpan(t * panel.Assets * Across.Length, panel.Assets * Across.Length));
        }
        Assert.Equal(Bits(set.Compute(panel, 2).Values), Bits(streamed));
    }

    [Fact]
    public void Compute_AnyThreads_GivesTheSameBits()
    {
        var panel = Markets.Ragged(200);
        var set = Parse(Across);
        Assert.Equal(Bits(set.Compute(panel, 1).Values), Bits(set.Compute(panel, 4).Values));
    }

    [Fact]
    public void Compute_SymbolWithGaps_EqualsItsOwnBarsAlone()
    {
        var panel = Markets.Ragged(300);
        var set = Parse(Mixed);
        var table = set.Compute(panel);
        var present = Enumerable.Range(0, panel.Steps).Where(t => panel.HasBar(t, 2)).ToArray();
        double[][] Own(double[][] column) => [[.. present.Select(t => column[2][t])]];
        var alone = set.Compute(new Panel(
            [.. present.Select(t => panel.Dates[t])], ["S2"], Own(panel.Open), Own(panel.High), Own(panel.Low), Own(panel.Close), Own(panel.Volume)));
        Assert.True(present.Length is > 200 and < 300);
        for (var i = 0; i < present.Length; i++) Assert.Equal(Bits(alone.Row(i, 0)), Bits(table.Row(present[i], 2)));
        Assert.All(Enumerable.Range(0, 300).Except(present), t => Assert.False(table.IsDefined(t, 2)));
    }

    [Fact]
    public void WarmUps_AreTheBarsBeforeTheFirstDefinedValue()
    {
        string[] formulas = [.. Mixed.Take(14)];
        var set = Parse(formulas);
        var table = set.Compute(Markets.OfCloses([.. Enumerable.Range(0, 120).Select(Markets.DeepMomentumPrice)]));
        for (var f = 0; f < formulas.Length; f++)
        {
            var first = Enumerable.Range(0, 120).First(t => !double.IsNaN(table.Row(t, 0)[f]));
            Assert.True(first == set.WarmUps[f], $"{formulas[f]}: first value at {first}, declared {set.WarmUps[f]}");
        }
    }

    [Fact]
    public void Compile_SharedSubexpressions_AreComputedOnce()
    {
        var program = Parse("ema(close, 20) - sma(20)", "sma(close, 20) * 2", "ema(20) - sma(20)", "2 * sma(20)", "macd().signal", "macd(12, 26, 9).histogram").Program;
        // ema, sma, their difference, the product and one macd.
        Assert.Equal(5, program.Stages.Single().Length);
    }

    [Fact]
    public void Compute_DivisionByZero_IsUndefined()
    {
        Assert.True(double.IsNaN(ValueOf("1 / (close - 100)")));
        Assert.True(double.IsNaN(ValueOf("log(close - 100)")));
        Assert.True(double.IsNaN(ValueOf("(close - 100) ^ 0 / 0")));
    }

    internal static long[] Bits(ReadOnlySpan<double> values)
    {
        var bits = new long[values.Length];
        for (var i = 0; i < bits.Length; i++) bits[i] = BitConverter.DoubleToInt64Bits(values[i]);
        return bits;
    }
}
