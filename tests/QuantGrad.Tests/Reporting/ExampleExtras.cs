using System.Globalization;
using System.Text.Json;
using QuantGrad.Autodiff;
using QuantGrad.Metrics;

namespace QuantGrad.Tests.Reporting;

/// <summary>The files of a run's folder that CONTRACT §4 does not name: what the page shows where a run recorded it.</summary>
internal sealed class ExampleExtras(ExampleMarket market, double[][] weights, (double Gross, double Cost, double Net, double Turnover)[] books, int first, Func<int, string> symbol)
{
    private static readonly string[] Features = ["mom_1d", "mom_1m", "mom_3m", "mom_6m", "mom_12m", "macd_8_24", "macd_16_48", "macd_32_96", "rsi"];

    private readonly int folds = (books.Length + 251) / 252;

    public void Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "contributions.csv"), Contributions());
        File.WriteAllLines(Path.Combine(folder, "legs.csv"), Lines("date,long_return,short_return", (t, w, r) => (w > 0 ? w * r : 0, w < 0 ? w * r : 0)));
        var random = new RandomStream(7);
        File.WriteAllLines(Path.Combine(folder, "members.csv"), ["date,0,1,2,3,4", .. books.Select((row, t) => Join(Day(first + t), [.. Enumerable.Range(0, 5).Select(_ => row.Net * 0.9 + 0.0015 * random.NextNormal())]))]);
        Json(folder, "training.json", Enumerable.Range(0, folds * 5).Select(unit =>
        {
            var epochs = 60 + random.NextInteger(80);
            double[] Curve(double from, double to, double bend, double noise) => [.. Enumerable.Range(0, epochs).Select(e => from + (to - from) * (1 - Math.Exp(-e / 25.0)) - bend * e + noise * random.NextNormal())];
            return new
            {
                fold = unit / 5, seed = unit % 5, best_epoch = epochs - 25, train_objective = Curve(0, 1.8, -0.002, 0.02), validation_objective = Curve(-0.1, 0.9, 0.003, 0.06),
                gradient_norm = Curve(2, 0.2, 0, 0.05),
            };
        }));
        Json(folder, "attribution.json", new
        {
            features = Features,
            folds = Enumerable.Range(0, folds).Select(fold => new
            {
                fold, integrated_gradients = Features.Select((_, f) => (9 - f) * (0.6 + 0.4 * random.NextUniform())), gradient_x_input = Features.Select((_, f) => (9 - f) * (0.5 + 0.5 * random.NextUniform())),
            }),
        });
        Json(folder, "parameters.json", Enumerable.Range(0, folds * 2).Select(unit => new { fold = unit / 2, seed = unit % 2, values = new { fast = 10 + 2 * random.NextNormal(), slow = 80 + 10 * random.NextNormal() } }));
        Json(folder, "distributions.json", new { random_timing = Enumerable.Range(0, 499).Select(_ => 0.2 + 0.3 * random.NextNormal()), pbo_logits = Enumerable.Range(0, 70).Select(_ => 0.4 + random.NextNormal()) });
        Json(folder, "diagnostics.json", Diagnostics());
    }

    public static string Significance(IEnumerable<string> baselines)
    {
        return JsonSerializer.Serialize(new
        {
            sharpe_difference = baselines.ToDictionary(name => name, _ => new { difference = 0.3, lower = -0.1, upper = 0.7, p_value = 0.13 }),
            spa = new { p_consistent = 0.04, p_reality_check = 0.06 },
            baselines_beat = new { p_consistent = 0.8 },
            random_timing = new { sharpe = 0.7, p_value = 0.012 },
            pbo = new { probability = 0.31, configurations = 5 },
        });
    }

    public static object Diagnostics()
    {
        var grid = Enumerable.Range(0, 25).Select(k => -1 + k / 12.0).ToArray();
        double[] epochs = [.. Enumerable.Range(1, 60).Select(e => (double)e)];
        return new
        {
            gradient_norms = new { layers = new[] { "dense 32", "dense 16", "output" }, epochs, norms = new[] { 0.05, 0.2, 0.9 }.Select(scale => epochs.Select(e => scale * Math.Exp(-e / 40))) },
            learning_rate_range = new { rates = grid.Select(k => Math.Pow(10, 2 * k - 3)), objectives = grid.Select(k => Math.Exp(-Math.Pow(k - 0.2, 2) * 4)) },
            learning_rates = new[] { 1e-4, 1e-3, 1e-2 }.Select(rate => new { rate, objectives = epochs.Select(e => 1.5 * (1 - Math.Exp(-e * rate * 20)) - 30 * rate) }),
            landscape = new
            {
                x_name = "first principal direction", x = grid, y_name = "second principal direction", y = grid, objective = grid.Select(y => grid.Select(x => 1.2 - x * x - 0.6 * y * y + 0.2 * Math.Sin(6 * x))),
                path = Enumerable.Range(0, 20).Select(k => new[] { -0.8 + 0.04 * k, 0.7 - 0.035 * k }),
            },
            gradient_flow = new { verdict = "flows", text = "The gradient flows through.", cures = Array.Empty<string>() },
            saturation = new { layers = new[] { "dense 32", "output" }, epochs, shares = new[] { 0.1, 0.02 }.Select(scale => epochs.Select(e => scale * e / 60)) },
            descent = new
            {
                x_name = "back", x = grid, y_name = "across", y = grid, objective = grid.Select(y => grid.Select(x => 1 - x * x - y * y)), path = new[] { new[] { 1.0, 0 }, [0.5, 0.4], [0, 0] },
                points = new[] { new { epoch = 60, x = 0, y = 0, kind = "minimum", smallest_eigenvalue = 0.1, largest_eigenvalue = 3.5, gradient_norm = 0.01 } },
            },
            credit = new { features = new[] { "mom", "rsi" }, integrated_gradients = new[] { 3, 1 }, layers = new[] { "dense 32", "output" }, descent = new[] { 2.0, 1 } },
            surface = new { x_name = "fast", x = grid.Select(k => 15 + 12 * k), y_name = "slow", y = grid.Select(k => 80 + 50 * k), objective = grid.Select(y => grid.Select(x => 0.6 - 0.3 * x * y - 0.2 * y * y)) },
        };
    }

    private string Contributions()
    {
        var lines = new List<string> { "symbol,long_return,short_return,cost,turnover" };
        for (var a = 0; a < market.Assets; a++)
        {
            double longs = 0, shorts = 0, turnover = 0;
            for (var t = first - 1; t + 1 < market.Dates.Length; t++)
            {
                var earned = weights[t][a] * market.Returns[t + 1][a];
                if (weights[t][a] > 0) longs += earned;
                else shorts += earned;
                turnover += Math.Abs(weights[t][a] - (t == 0 ? 0 : weights[t - 1][a]));
            }

            lines.Add($"{ExampleRun.Cell(symbol(a))},{Join("", longs, shorts, turnover * ExampleMarket.CostFraction, turnover).TrimStart(',')}");
        }

        return string.Join('\n', lines) + "\n";
    }

    private IEnumerable<string> Lines(string header, Func<int, double, double, (double, double)> of)
    {
        yield return header;
        for (var t = first - 1; t + 1 < market.Dates.Length; t++)
        {
            var pairs = Enumerable.Range(0, market.Assets).Select(a => of(t, weights[t][a], market.Returns[t + 1][a])).ToArray();
            yield return Join(Day(t + 1), pairs.Sum(pair => pair.Item1), pairs.Sum(pair => pair.Item2));
        }
    }

    private string Day(int t) => market.Dates[t].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Join(string first, params double[] values) => first + string.Concat(values.Select(value => "," + value.ToString("R", CultureInfo.InvariantCulture)));

    private static void Json(string folder, string name, object content) => File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(content));
}
