using System.Globalization;
using System.Text.Json;
using QuantGrad.Reporting;
using QuantGrad.Training;

namespace QuantGrad.Tests.WalkForward;

/// <summary>
/// The books once more, from <c>positions.csv</c> and the price files alone, in plain arithmetic that shares no code with the engine: CONTRACT §5 for
/// <c>fill: close</c>, then the figures from their definitions.
/// </summary>
public sealed class IndependentBooksTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-books-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Run_FillClose_EveryRowAndFigureIsWhatPlainArithmeticGives()
    {
        var run = Pipeline.Run(SmallRun.Strategy(Repository.PathOf("data/sample"), "data.from=2014-01-01", "data.to=2019-06-30"),
            new RunOptions(Path.Combine(folder.FullName, "run"), "unused", 2, Resume: false), SilentProgress.Instance, TimeProvider.System, CancellationToken.None);

        var rows = File.ReadLines(Path.Combine(run, "equity.csv")).Skip(1).Select(line => line.Split(',')).ToArray();
        var books = Books(Prices(), Positions(run), costFraction: (2 + 2 / 2.0 + 1) * 1e-4, borrowPerBar: 50e-4 / 252);

        Assert.Equal(books.Count, rows.Length);
        double equity = 1, peak = 1;
        for (var i = 0; i < rows.Length; i++)
        {
            equity *= 1 + books[i].Net;
            peak = Math.Max(peak, equity);
            Assert.Equal(books[i].Date, rows[i][0]);
            Near(books[i].Gross, rows[i][2]);
            Near(books[i].Cost, rows[i][3]);
            Near(books[i].Net, rows[i][4]);
            Near(equity, rows[i][5]);
            Near(equity / peak - 1, rows[i][6]);
            Near(books[i].Turnover, rows[i][7]);
        }

        CheckFigures(run, [.. books.Select(row => row.Net)], [.. books.Select(row => row.Cost)], [.. books.Select(row => row.Turnover)]);
    }

    private static void CheckFigures(string run, double[] net, double[] cost, double[] turnover)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run, "metrics.json")));
        var block = json.RootElement.GetProperty("out_of_sample");
        var n = net.Length;
        var mean = net.Sum() / n;
        double Moment(int power) => net.Sum(r => Math.Pow(r - mean, power)) / n;
        var deviation = Math.Sqrt(net.Sum(r => (r - mean) * (r - mean)) / (n - 1));
        var total = net.Aggregate(1.0, (growth, r) => growth * (1 + r)) - 1;
        var cagr = Math.Pow(1 + total, 252.0 / n) - 1;
        double equity = 1, peak = 1, deepest = 0;
        foreach (var r in net)
        {
            equity *= 1 + r;
            peak = Math.Max(peak, equity);
            deepest = Math.Min(deepest, equity / peak - 1);
        }

        var sorted = net.Order().ToArray();
        var place = 0.05 * (n - 1);
        var quantile = sorted[(int)place] + (place - (int)place) * (sorted[(int)place + 1] - sorted[(int)place]);
        foreach (var (name, expected) in new (string, double)[]
                 {
                     ("sharpe", mean / deviation * Math.Sqrt(252)),
                     ("sortino", mean / Math.Sqrt(net.Sum(r => Math.Min(r, 0) * Math.Min(r, 0)) / n) * Math.Sqrt(252)),
                     ("volatility", deviation * Math.Sqrt(252)),
                     ("total_return", total),
                     ("cagr", cagr),
                     ("max_drawdown", deepest),
                     ("calmar", cagr / Math.Abs(deepest)),
                     ("skew", Moment(3) / Math.Pow(Moment(2), 1.5)),
                     ("kurtosis", Moment(4) / (Moment(2) * Moment(2))),
                     ("turnover_per_year", turnover.Average() * 252),
                     ("cost_per_year", cost.Average() * 252),
                     ("var_95", quantile),
                     ("cvar_95", sorted.Where(r => r <= quantile).Average()),
                     ("observations", n),
                 })
            Assert.True(Math.Abs(Math.Abs(block.GetProperty(name).GetDouble()) - Math.Abs(expected)) <= 1e-6 * Math.Max(1, Math.Abs(expected)), $"{name}: {block.GetProperty(name)} against {expected}");
    }

    private static List<(string Date, double Gross, double Cost, double Net, double Turnover)> Books(
        SortedDictionary<string, Dictionary<string, double>> prices, Dictionary<string, Dictionary<string, double>> positions, double costFraction, double borrowPerBar)
    {
        var dates = prices.Keys.ToArray();
        var symbols = prices.Values.SelectMany(row => row.Keys).Distinct().Order(StringComparer.Ordinal).ToArray();
        var lastClose = new Dictionary<string, double>();
        var held = symbols.ToDictionary(symbol => symbol, _ => 0.0);
        var books = new List<(string, double, double, double, double)>();
        for (var t = 0; t + 1 < dates.Length; t++)
        {
            foreach (var (symbol, close) in prices[dates[t]]) lastClose[symbol] = close;
            if (!positions.TryGetValue(dates[t], out var weights)) continue;
            double turnover = 0, gross = 0, shorts = 0;
            var earned = new Dictionary<string, double>();
            foreach (var symbol in symbols)
            {
                var weight = weights.GetValueOrDefault(symbol);
                var change = prices[dates[t + 1]].TryGetValue(symbol, out var next) && lastClose.TryGetValue(symbol, out var last) ? next / last - 1 : 0;
                turnover += Math.Abs(weight - held[symbol]);
                gross += weight * change;
                shorts += Math.Max(-weight, 0);
                earned[symbol] = weight * (1 + change);
            }

            var cost = costFraction * turnover + borrowPerBar * shorts;
            foreach (var symbol in symbols) held[symbol] = earned[symbol] / (1 + gross - cost);
            books.Add((dates[t + 1], gross, cost, gross - cost, turnover));
        }

        return books;
    }

    private static SortedDictionary<string, Dictionary<string, double>> Prices()
    {
        var prices = new SortedDictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(Repository.PathOf("data/sample"), "*.csv"))
        {
            foreach (var cells in File.ReadLines(file).Skip(1).Select(line => line.Split(',')))
            {
                if (string.CompareOrdinal(cells[0], "2014-01-01") < 0 || string.CompareOrdinal(cells[0], "2019-06-30") > 0) continue;
                if (!prices.TryGetValue(cells[0], out var row)) prices[cells[0]] = row = [];
                row[Path.GetFileNameWithoutExtension(file)] = double.Parse(cells[4], CultureInfo.InvariantCulture);
            }
        }

        return prices;
    }

    private static Dictionary<string, Dictionary<string, double>> Positions(string run)
    {
        var positions = new Dictionary<string, Dictionary<string, double>>();
        foreach (var cells in File.ReadLines(Path.Combine(run, "positions.csv")).Skip(1).Select(line => line.Split(',')))
        {
            if (!positions.TryGetValue(cells[0], out var row)) positions[cells[0]] = row = [];
            row[cells[1]] = double.Parse(cells[4], CultureInfo.InvariantCulture);
        }

        return positions;
    }

    private static void Near(double expected, string found) =>
        Assert.True(Math.Abs(expected - double.Parse(found, CultureInfo.InvariantCulture)) <= 1e-8, $"{found} against {expected}");
}
