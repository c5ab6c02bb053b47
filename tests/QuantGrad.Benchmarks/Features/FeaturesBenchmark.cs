using System.Diagnostics;
using QuantGrad.Features;
using QuantGrad.Indicators;
using QuantGrad.MarketData;

namespace QuantGrad.Benchmarks.Features;

/// <summary>Nanoseconds a bar of every indicator, and a table of 24 features beside pandas.</summary>
internal static class FeaturesBenchmark
{
    private const int Bars = 1_000_000;
    private const int Symbols = 20;
    private const int Days = 5_000;

    /// <summary>The features, each with the same in pandas; a frame's columns are the symbols.</summary>
    internal static readonly (string Ours, string Pandas)[] Features =
    [
        .. new[] { 1, 5, 21, 63, 126, 252 }.Select(n => ($"ret({n})", $"c / c.shift({n}) - 1")),
        .. new[] { 21, 63, 252 }.Select(n => ($"vol({n})", $"r.rolling({n}).std()")),
        ("ewmvol(60)", "r.ewm(span=60, min_periods=60).std()"),
        .. new[] { 20, 50, 200 }.Select(n => ($"close / sma({n})", $"c / c.rolling({n}).mean()")),
        .. new[] { 20, 50 }.Select(n => ($"close / ema({n})", $"c / c.ewm(span={n}, adjust=False).mean()")),
        ("rsi(14)", "100 - 100 / (1 + d.clip(lower=0).ewm(alpha=1/14, adjust=False).mean() / (-d.clip(upper=0)).ewm(alpha=1/14, adjust=False).mean())"),
        ("macd(12, 26, 9).histogram", "m - m.ewm(span=9, adjust=False).mean()"),
        ("bb(20).percent_b", "(c - c.rolling(20).mean() + 2 * c.rolling(20).std(ddof=0)) / (4 * c.rolling(20).std(ddof=0))"),
        ("zscore(60)", "(c - c.rolling(60).mean()) / c.rolling(60).std()"),
        ("atr(14) / close", "np.maximum(h - l, np.maximum((h - c.shift(1)).abs(), (l - c.shift(1)).abs())).ewm(alpha=1/14, adjust=False).mean() / c"),
        ("roc(10)", "100 * (c / c.shift(10) - 1)"),
        ("stoch(14, 3, 3)", "(100 * (c - l.rolling(14).min()) / (h.rolling(14).max() - l.rolling(14).min())).rolling(3).mean()"),
        ("volume_ratio(20)", "v / v.rolling(20).mean()"),
        ("close / rolling_max(high, 55)", "c / h.rolling(55).max()"),
    ];

    /// <summary>The rows of the table.</summary>
    public static IEnumerable<Comparison> Run(int? rounds)
    {
        var market = Market(1, Bars);
        var bars = Enumerable.Range(0, Bars).Select(t => market.At(t, 0)).ToArray();
        foreach (var definition in IndicatorCatalog.All) yield return TimeOf(definition, bars, rounds ?? 3);
        foreach (var row in BesidePandas(rounds ?? 5)) yield return row;
    }

    private static Comparison TimeOf(IndicatorDefinition definition, Bar[] bars, int rounds)
    {
        var indicator = definition.Create(Array.ConvertAll(definition.Parameters, static p => p.Typical));
        var fields = new double[definition.Fields.Length];
        var times = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            indicator.Reset();
            var start = Stopwatch.GetTimestamp();
            foreach (ref readonly var bar in bars.AsSpan()) indicator.Update(bar, fields);
            times[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Bars;
        }
        return new Comparison(definition.Name, Comparison.Median(times), "", null, "ns", null, rounds);
    }

    private static IEnumerable<Comparison> BesidePandas(int rounds)
    {
        var market = Market(Symbols, Days);
        var set = FeatureSet.Parse(Features.Select((f, i) => (Key: $"f{i}", f.Ours)).ToDictionary(f => f.Key, f => f.Ours, StringComparer.Ordinal), TimeSpan.FromDays(1));
        FeatureTable table = set.Compute(market);
        using var pandas = PandasRival.Start(Features.Select(f => f.Pandas), Symbols, Days);
        if (pandas is not null) Agree(pandas.LastRow, table.Row(Days - 1, 0).ToArray());
        foreach (var threads in new[] { 1, Environment.ProcessorCount })
        {
            var (ours, theirs) = (new double[rounds], new double[rounds]);
            for (var round = 0; round < rounds; round++)
            {
                ours[round] = Comparison.Microseconds(() => table = set.Compute(market, threads)) / 1000;
                if (pandas is not null) theirs[round] = pandas.Milliseconds();
            }
            var name = $"24 features, {threads} {(threads == 1 ? "thread" : "threads")}";
            yield return pandas is null
                ? new Comparison(name, Comparison.Median(ours), "", null, "ms", null, rounds)
                : new Comparison(name, Comparison.Median(ours), $"pandas {pandas.Version}", Comparison.Median(theirs), "ms", Comparison.Median(ours.Zip(theirs, (a, b) => a / b)), rounds);
        }
    }

    /// <summary>Both sides must have computed the same before their times are compared.</summary>
    private static void Agree(double[] theirs, double[] ours)
    {
        for (var i = 0; i < ours.Length; i++)
            if (!(Math.Abs(ours[i] - theirs[i]) <= 1e-7 * Math.Max(1, Math.Abs(theirs[i]))))
                throw new InvalidOperationException($"{Features[i].Ours} is {ours[i]:R} on the last day, in pandas {theirs[i]:R}.");
    }

    /// <summary>Deterministic prices, the same as the rival's script makes.</summary>
    private static Panel Market(int symbols, int days)
    {
        double[][] Columns(Func<int, int, double> of) => [.. Enumerable.Range(0, symbols).Select(a => Enumerable.Range(0, days).Select(t => of(t, a)).ToArray())];
        static double Close(int t, int a) => 100 * Math.Exp(0.05 * Math.Sin(t / (15.0 + a)) + 0.01 * Math.Sin(1.7 * t) + 0.3 * Math.Sin(t / 400.0));
        var first = new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return new Panel(
            [.. Enumerable.Range(0, days).Select(t => first.AddDays(t))], [.. Enumerable.Range(0, symbols).Select(a => $"S{a:00}")],
            Columns((t, a) => Close(t, a) * (1 + 0.002 * Math.Sin(2.3 * t))), Columns((t, a) => Close(t, a) * (1.006 + 0.003 * Math.Sin(3.1 * t))),
            Columns((t, a) => Close(t, a) * (0.994 + 0.003 * Math.Sin(2.9 * t))), Columns(Close), Columns((t, _) => 1e6 * (2 + Math.Sin(0.7 * t))));
    }
}
