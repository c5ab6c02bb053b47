using System.Globalization;
using System.Text;
using System.Text.Json;
using QuantGrad.MarketData;

namespace QuantGrad.EndToEnd.Tests.Serving;

/// <summary>The run, <c>predict</c> and the server say the same for every row of the newest fold's test window.</summary>
public sealed class ParityTests
{
    [Fact]
    public async Task RunPredictAndServer_AgreeOnEveryRowOfTheTestWindow()
    {
        using var folder = new TemporaryFolder().WithSample();
        var run = await CommandLine.Shell.RunProcess(folder.Path, "run", "strategies/quickstart.yaml", "--set", "training.epochs=3", "--set", "training.burn_in=0", "--set", "walk_forward.test=2y", "--quiet", "--out", "run");
        Assert.True(run.ExitCode == 0, run.Error);
        var expected = Rows(await File.ReadAllTextAsync(folder.At("run", "positions.csv")));
        var newest = expected.Keys.Max(key => expected[key].Fold);
        var window = expected.Where(row => row.Value.Fold == newest && !float.IsNaN(row.Value.Signal)).ToDictionary(row => row.Key, row => row.Value);
        Assert.True(window.Count > 1000, $"only {window.Count} rows");

        var predict = await CommandLine.Shell.RunProcess(folder.Path, "predict", "run/model", "--data", "data/sample", "--out", "predicted.csv");
        Assert.True(predict.ExitCode == 0, predict.Error);
        var predicted = Rows(await File.ReadAllTextAsync(folder.At("predicted.csv")));
        Assert.Equal(window.Keys.Order(), predicted.Keys.Order());
        Assert.All(window, row => AssertClose(row.Value, predicted[row.Key]));

        await ServerAgrees(folder, window);
    }

    private static async Task ServerAgrees(TemporaryFolder folder, Dictionary<(string Date, string Symbol), (int Fold, float Signal, double Weight)> window)
    {
        var panel = MarketDataLoader.Load([folder.At("data", "sample")]).Panel;
        await using var served = await ServedRepository.Start(root =>
        {
            Directory.CreateDirectory(Path.Combine(root, "quickstart"));
            Directory.Move(folder.At("run", "model"), Path.Combine(root, "quickstart", "1"));
        });
        var first = Array.FindIndex(panel.Dates, date => window.ContainsKey((Date(date), panel.Symbols[0])));
        var (status, history) = await served.Post("/v1/models/quickstart/streams/live/bars", Bars(panel, 0, first));
        Assert.True(status == 200, history);
        var seen = 0;
        for (var step = first; step < panel.Steps; step++)
        {
            var stream = await served.Post("/v1/models/quickstart/streams/live/bars", Bars(panel, step, step + 1));
            seen += Compare(stream, window);
            if (step % 250 == 0) Compare(await served.Post("/v1/models/quickstart/signal", Bars(panel, 0, step + 1)), window);
        }

        Assert.Equal(window.Count, seen);
        Assert.Equal(409, (await served.Post("/v1/models/quickstart/streams/live/bars", Bars(panel, first, first + 1))).Status);
    }

    private static int Compare((int Status, string Body) answer, Dictionary<(string Date, string Symbol), (int Fold, float Signal, double Weight)> window)
    {
        Assert.True(answer.Status == 200, answer.Body);
        using var json = JsonDocument.Parse(answer.Body);
        var date = json.RootElement.GetProperty("date").GetString()!;
        var seen = 0;
        foreach (var position in json.RootElement.GetProperty("positions").EnumerateArray())
        {
            if (position.GetProperty("signal").ValueKind == JsonValueKind.Null) continue;
            AssertClose(window[(date, position.GetProperty("symbol").GetString()!)], (0, position.GetProperty("signal").GetSingle(), position.GetProperty("weight").GetDouble()));
            seen++;
        }

        return seen;
    }

    private static void AssertClose((int Fold, float Signal, double Weight) expected, (int Fold, float Signal, double Weight) found)
    {
        Assert.Equal(expected.Signal, found.Signal, 1e-6f);
        Assert.Equal(expected.Weight, found.Weight, 1e-6);
    }

    private static string Bars(Panel panel, int from, int to)
    {
        var text = new StringBuilder("{\"bars\":{");
        for (var asset = 0; asset < panel.Assets; asset++)
        {
            text.Append(asset > 0 ? "," : "").Append('"').Append(panel.Symbols[asset]).Append("\":[");
            var any = false;
            for (var step = from; step < to; step++)
            {
                if (!panel.HasBar(step, asset)) continue;
                var bar = panel.At(step, asset);
                text.Append(any ? "," : "").Append(CultureInfo.InvariantCulture, $"{{\"date\":\"{Date(bar.Time)}\",\"open\":{bar.Open:R},\"high\":{bar.High:R},\"low\":{bar.Low:R},\"close\":{bar.Close:R},\"volume\":{bar.Volume:R}}}");
                any = true;
            }

            text.Append(']');
        }

        return text.Append("}}").ToString();
    }

    private static string Date(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Dictionary<(string Date, string Symbol), (int Fold, float Signal, double Weight)> Rows(string csv) => csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).ToDictionary(
        cells => (cells[0], cells[1]),
        cells => (int.Parse(cells[2], CultureInfo.InvariantCulture), cells[3].Length == 0 ? float.NaN : float.Parse(cells[3], CultureInfo.InvariantCulture), double.Parse(cells[4], CultureInfo.InvariantCulture)));
}
