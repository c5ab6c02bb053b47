using System.Globalization;
using System.Text;
using System.Text.Json;
using QuantGrad.Metrics;

namespace QuantGrad.Tests.Reporting;

/// <summary>Writes a run's folder as CONTRACT §4 describes it, with figures that fit together, for the tests of the page.</summary>
internal sealed class ExampleRun(int years = 9, int assets = 8, ulong seed = 1, string name = "deep-momentum", Func<int, string>? symbol = null)
{
    private const int TrainYears = 3, Year = 252;
    private readonly ExampleMarket market = new(years * Year, assets, seed);
    private readonly Func<int, string> symbol = symbol ?? (a => $"SYM{a:00}");

    private int First => TrainYears * Year;

    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var weights = market.Weights((t, a) => t < First - 1 ? 0 : Math.Tanh(0.9 * market.Trend(t, a, 60) + 0.2) * 1.6 / assets);
        var books = market.Books(weights, First - 1);
        var options = new MetricOptions { Trials = 15, Resamples = 199 };
        var dates = market.Dates[First..];
        File.WriteAllText(Path.Combine(folder, "positions.csv"), Positions(weights));
        File.WriteAllText(Path.Combine(folder, "equity.csv"), Equity(books));
        File.WriteAllText(Path.Combine(folder, "folds.csv"), Folds(books));
        var baselines = Baselines();
        File.WriteAllText(Path.Combine(folder, "baselines.csv"), Csv("date,baseline,gross_return,cost,net_return,turnover", baselines.SelectMany(baseline =>
            baseline.Books.Select((row, t) => Row(Day(dates[t]), baseline.Name, row.Gross, row.Cost, row.Net, row.Turnover)))));
        using (var stream = File.Create(Path.Combine(folder, "metrics.json")))
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            void Block(string key, (double Gross, double Cost, double Net, double Turnover)[] rows)
            {
                writer.WritePropertyName(key);
                MetricSet.Compute(new ReturnSeries(dates, [.. rows.Select(r => r.Net)], [.. rows.Select(r => r.Gross)], [.. rows.Select(r => r.Cost)], [.. rows.Select(r => r.Turnover)]), options).WriteTo(writer);
            }

            Block("out_of_sample", books);
            Block("benchmark", baselines[0].Books);
            writer.WriteStartObject("baselines");
            foreach (var baseline in baselines) Block(baseline.Name, baseline.Books);
            writer.WriteEndObject();
            writer.WritePropertyName("significance");
            writer.WriteRawValue(ExampleExtras.Significance(baselines.Select(baseline => baseline.Name)));
            writer.WriteEndObject();
        }

        new ExampleExtras(market, weights, books, First, symbol).Write(folder);
        File.WriteAllText(Path.Combine(folder, "run.json"), JsonSerializer.Serialize(new
        {
            strategy = new
            {
                name,
                data = new { path = "../data/sample", periods_per_year = 252 },
                features = new { mom_1m = "ret(21) / (vol(63) * sqrt(21))", rsi = "rsi(14) / 50 - 1" },
                model = new { network = new { layers = new[] { new { dense = 32, activation = "tanh" }, new { dense = 16, activation = "tanh" } }, output = "tanh" } },
                costs = new { commission_bps = 1, spread_bps = 2, slippage_bps = 1, borrow_bps_per_year = 0 },
                training = new { optimizer = "adam", learning_rate = 0.003, epochs = 200, seeds = 5 },
                walk_forward = new { scheme = "expanding", train = "3y", validation = "1y", test = "1y", purge = "auto" },
            },
            strategy_hash = "5f0c2a9be1c4", data_hash = "9b1dd7e003aa", seed, version = "0.1.0",
        }));
        return folder;
    }

    private (string Name, (double Gross, double Cost, double Net, double Turnover)[] Books)[] Baselines()
    {
        double Even(int t, int a) => 1.0 / assets;
        return
        [
            ("long_only", market.Books(market.Weights(Even), First - 1)),
            ("long_only_vol_target", market.Books(market.Weights((t, a) => t < 60 ? 0 : 0.12 / assets / (Deviation(t) * Math.Sqrt(Year))), First - 1)),
            ("year_sign", market.Books(market.Weights((t, a) => Math.Sign(market.Trend(t, a, Year)) * 0.8 / assets), First - 1)),
            ("macd", market.Books(market.Weights((t, a) => Math.Tanh(market.Trend(t, a, 40) - market.Trend(t, a, 120)) / assets), First - 1)),
        ];
    }

    private double Deviation(int t) =>
        Math.Sqrt(Enumerable.Range(t - 59, 60).Average(s => Math.Pow(market.Returns[s].Average(), 2)));

    private string Positions(double[][] weights)
    {
        var text = new StringBuilder("date,symbol,fold,signal,weight\n");
        for (var t = First - 1; t < market.Dates.Length; t++)
            for (var a = 0; a < assets; a++)
                text.Append(Row(Day(market.Dates[t]), Cell(symbol(a)), FoldOf(t), Math.Clamp(weights[t][a] * assets / 1.6, -1, 1), weights[t][a])).Append('\n');
        return text.ToString();
    }

    private string Equity((double Gross, double Cost, double Net, double Turnover)[] books)
    {
        double equity = 1, peak = 1;
        return Csv("date,fold,gross_return,cost,net_return,equity,drawdown,turnover", books.Select((row, t) =>
        {
            equity *= 1 + row.Net;
            peak = Math.Max(peak, equity);
            return Row(Day(market.Dates[First + t]), FoldOf(First - 1 + t), row.Gross, row.Cost, row.Net, equity, equity / peak - 1, row.Turnover);
        }));
    }

    private string Folds((double Gross, double Cost, double Net, double Turnover)[] books) =>
        Csv("fold,train_start,train_end,validation_start,validation_end,test_start,test_end,train_sharpe,validation_sharpe,test_sharpe,epochs", Enumerable.Range(0, years - TrainYears).Select(fold =>
        {
            var test = First - 1 + fold * Year;
            var rows = books.Skip(fold * Year).Take(Year).Select(row => row.Net).ToArray();
            var sharpe = Moments.Of(rows).Sharpe().Value * Math.Sqrt(Year);
            string At(int t) => Day(market.Dates[Math.Min(t, market.Dates.Length - 1)]);
            return Row(fold, At(0), At(test - Year - 6), At(test - Year - 3), At(test - 4), At(test), At(test + Year - 1), 1.9 + 0.1 * sharpe, 0.6 + 0.3 * sharpe, sharpe, 40 + 7 * fold);
        }));

    private static int FoldOf(int t) => Math.Max(0, (t - (TrainYears * Year - 1)) / Year);

    private static string Csv(string header, IEnumerable<string> rows) => header + "\n" + string.Join('\n', rows) + "\n";

    internal static string Cell(string text) => (text.Length > 0 && "=+-@\t\r".Contains(text[0]) ? "'" + text : text) is var safe && safe.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;

    private static string Row(params object[] cells) => string.Join(',', cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture)));

    private static string Day(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
