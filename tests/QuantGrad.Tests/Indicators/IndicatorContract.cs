using QuantGrad.Features;
using QuantGrad.Indicators;
using QuantGrad.MarketData;

namespace QuantGrad.Tests.Indicators;

/// <summary>What every indicator must fill in and keep. Its case names a call and what a constant series gives, and a subclass names the outside values.</summary>
/// <param name="name">The indicator.</param>
/// <param name="parameters">The parameters of the outside values.</param>
/// <param name="onConstant">The first field on bars that are all 100 with volume 1000: a number, or NaN where nothing is defined.</param>
public abstract class IndicatorContract(string name, double[] parameters, double onConstant)
{
    private const int Enough = 700;
    private static readonly Lazy<Bar[]> ManyBars = new(() => RandomBars(100_000));

    internal IndicatorDefinition Definition { get; } = IndicatorCatalog.Find(name) ?? throw new InvalidOperationException(name);

    internal double[] Parameters => [.. Definition.Parameters.Select((p, i) => i < parameters.Length ? parameters[i] : p.Typical)];

    private int[] WarmUps => [.. Definition.Fields.Select((_, i) => Definition.WarmUpOf(i, Parameters))];

    [Fact]
    public abstract void Update_OutsideValues_AreMet();

    [Fact]
    public void WarmUp_RandomBars_EndsWhenDeclared()
    {
        var rows = Run(Definition.Create(Parameters), RandomBars(Enough));
        for (var field = 0; field < Definition.Fields.Length; field++)
        {
            var first = Array.FindIndex(rows, row => !double.IsNaN(row[field]));
            if (Definition.Sparse.Contains(Definition.Fields[field])) Assert.True(first < 0 || first >= WarmUps[field], $"{Definition.Fields[field]} at {first}, declared {WarmUps[field]}");
            else Assert.True(first == WarmUps[field], $"{Definition.Fields[field]} first defined at {first}, declared {WarmUps[field]}");
        }
    }

    [Fact]
    public void Reset_AfterManyBars_IsAsNew()
    {
        var indicator = Definition.Create(Parameters);
        Run(indicator, RandomBars(Enough, seed: 3));
        indicator.Reset();
        AssertSame(Run(Definition.Create(Parameters), RandomBars(Enough)), Run(indicator, RandomBars(Enough)));
    }

    [Fact]
    public void Compute_Batch_EqualsIncrementalBitForBit()
    {
        var bars = RandomBars(Enough);
        AssertSame(Run(Definition.Create(Parameters), bars), Batch(bars));
    }

    [Fact]
    public void Compute_LaterBarsCutOff_ChangeNothing()
    {
        var bars = RandomBars(Enough);
        var whole = Batch(bars);
        foreach (var cut in new[] { 1, 17, 333, Enough - 1 }) AssertSame(whole[..cut], Batch(bars[..cut]));
    }

    [Fact]
    public void Update_GapInTheInput_IsUndefinedAndStartsAfresh()
    {
        if (Definition.Inputs == Inputs.None) return;
        var bars = RandomBars(Enough);
        var indicator = Definition.Create(Parameters);
        Run(indicator, bars[..250]);
        foreach (var hole in new[] { double.NaN, double.PositiveInfinity })
            Assert.All(Run(indicator, [new Bar(bars[250].Time, hole, hole, hole, hole, hole)])[0], value => Assert.True(double.IsNaN(value)));
        AssertSame(Run(Definition.Create(Parameters), bars[251..]), Run(indicator, bars[251..]));
    }

    [Fact]
    public void Update_SeriesShorterThanTheWindow_IsUndefined()
    {
        var rows = Run(Definition.Create(Parameters), RandomBars(Enough));
        for (var field = 0; field < Definition.Fields.Length; field++)
            Assert.All(rows[..Math.Min(Enough, WarmUps[field])], row => Assert.True(double.IsNaN(row[field])));
        Assert.Empty(Run(Definition.Create(Parameters), []));
    }

    [Fact]
    public void Update_ConstantSeries_GivesTheStatedValue()
    {
        var bars = RandomBars(Enough).Select(bar => new Bar(bar.Time, 100, 100, 100, 100, 1000)).ToArray();
        var last = Run(Definition.Create(Parameters), bars)[^1];
        Assert.All(last, value => Assert.False(double.IsInfinity(value)));
        Assert.Equal(onConstant, last[0], 1e-9);
    }

    [Fact]
    public void Update_HundredThousandRandomBars_StayInRange()
    {
        var indicator = Definition.Create(Parameters);
        var fields = new double[Definition.Fields.Length];
        var (low, high) = Definition.Bounds ?? (double.MinValue, double.MaxValue);
        var slack = Definition.Bounds is null ? 0 : 1e-9 * Math.Max(Math.Abs(low), Math.Abs(high));
        foreach (var bar in ManyBars.Value)
        {
            indicator.Update(bar, fields);
            foreach (var value in fields)
                if (double.IsInfinity(value)) Assert.Fail($"infinite at {bar.Time:d}");
            if (fields[0] < low - slack || fields[0] > high + slack) Assert.Fail($"{fields[0]} at {bar.Time:d}");
        }
    }

    [Fact]
    public void Update_PerBar_AllocatesNothing()
    {
        var bars = RandomBars(3000);
        var indicator = Definition.Create(Parameters);
        var fields = new double[Definition.Fields.Length];
        foreach (var bar in bars) indicator.Update(bar, fields);
        // The runtime may still be at work on the method itself, and its allocations count too: the least of three passes is the indicator's own.
        var least = long.MaxValue;
        for (var pass = 0; pass < 3; pass++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var bar in bars) indicator.Update(bar, fields);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    /// <summary>The fields of every bar.</summary>
    internal static double[][] Run(Indicator indicator, Bar[] bars, int width)
    {
        var rows = new double[bars.Length][];
        for (var t = 0; t < bars.Length; t++) indicator.Update(bars[t], rows[t] = new double[width]);
        return rows;
    }

    internal double[][] Run(Indicator indicator, Bar[] bars) => Run(indicator, bars, Definition.Fields.Length);

    /// <summary>A random walk with ranges, gaps between bars, ties and volume; dated on working days.</summary>
    internal static Bar[] RandomBars(int count, ulong seed = 1)
    {
        var bars = new Bar[count];
        var (close, time) = (100.0, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        for (var t = 0; t < count; t++)
        {
            double Next() => Features.Markets.Uniform(ref seed);
            var open = Math.Round(close * (1 + 0.01 * (Next() - 0.5)), 2);
            close = Math.Round(Math.Clamp(open * Math.Exp(0.03 * (Next() + Next() - 1)), 20, 500), 2);
            var high = Math.Round(Math.Max(open, close) * (1 + 0.01 * Next()), 2);
            var low = Math.Round(Math.Min(open, close) * (1 - 0.01 * Next()), 2);
            bars[t] = new Bar(time, open, high, low, close, Math.Floor(1e6 * (0.2 + Next())));
            time = time.AddDays(time.DayOfWeek == DayOfWeek.Friday ? 3 : 1);
        }
        return bars;
    }

    private double[][] Batch(Bar[] bars)
    {
        double[] Column(Func<Bar, double> of) => [.. bars.Select(of)];
        var panel = new Panel(
            [.. bars.Select(b => b.Time)], ["X"], [Column(b => b.Open)], [Column(b => b.High)], [Column(b => b.Low)], [Column(b => b.Close)], [Column(b => b.Volume)]);
        var arguments = string.Join(", ", Parameters.Select(p => p.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
        if (Definition.TakesSecond) arguments = $"close, open, {arguments}";
        var table = FeatureSet.Parse(
            Definition.Fields.ToDictionary(field => field, field => $"{Definition.Name}({arguments}).{field}"), TimeSpan.FromDays(1)).Compute(panel);
        return [.. Enumerable.Range(0, bars.Length).Select(t => table.Row(t, 0).ToArray())];
    }

    private static void AssertSame(double[][] expected, double[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var t = 0; t < expected.Length; t++)
            Assert.True(
                Features.FeatureTests.Bits(expected[t]).SequenceEqual(Features.FeatureTests.Bits(actual[t])),
                $"bar {t}: {string.Join(' ', expected[t])} against {string.Join(' ', actual[t])}");
    }
}
