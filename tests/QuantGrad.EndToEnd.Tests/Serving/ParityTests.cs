using System.Globalization;
using System.Text;
using System.Text.Json;
using QuantGrad.MarketData;

namespace QuantGrad.EndToEnd.Tests.Serving;

/// <summary>The run, <c>predict</c> and the server say the same for every row of the newest fold's test window.</summary>
public sealed class ParityTests(SmallRun small) : IClassFixture<SmallRun>
{
    [Fact]
    public async Task RunPredictAndServer_AgreeOnEveryRowOfTheTestWindow()
    {
        var expected = Rows(await File.ReadAllTextAsync(small.Folder.At("run", "positions.csv")));
        var newest = expected.Values.Max(row => row.Fold);
        var window = expected.Where(row => row.Value.Fold == newest && !float.IsNaN(row.Value.Signal)).ToDictionary(row => row.Key, row => row.Value);
        Assert.True(window.Count > 1000, $"only {window.Count} rows");

        var predict = await small.Run("predict", "run/model", "--data", "data/sample", "--out", "predicted.csv");
        Assert.True(predict.ExitCode == 0, predict.Error);
        var predicted = Rows(await File.ReadAllTextAsync(small.Folder.At("predicted.csv")));
        Assert.Equal(window.Keys.Order(), predicted.Keys.Order());
        Assert.All(window, row => AssertClose(row.Value, predicted[row.Key]));

        await ServerAgrees(small.Folder, window);
    }

    [Fact]
    public async Task Export_OneFoldAndAll_PredictThatFoldsTestWindow()
    {
        var expected = Rows(await File.ReadAllTextAsync(small.Folder.At("run", "positions.csv")));
        var one = await small.Run("export", "run", "--fold", "0", "--out", "first");
        Assert.True(one.ExitCode == 0, one.Error);
        var all = await small.Run("export", "run", "--fold", "all", "--out", "models/quickstart", "--json");
        Assert.True(all.ExitCode == 0, all.Error);
        using var manifests = JsonDocument.Parse(all.Output);
        Assert.Equal(Directory.GetDirectories(small.Folder.At("models", "quickstart")).Length, manifests.RootElement.GetArrayLength());
        Assert.Equal(await File.ReadAllBytesAsync(small.Folder.At("first", "model.onnx")), await File.ReadAllBytesAsync(small.Folder.At("models", "quickstart", "1", "model.onnx")));
        var newest = expected.Values.Max(row => row.Fold);
        Assert.Equal(await File.ReadAllBytesAsync(small.Folder.At("run", "model", "model.onnx")), await File.ReadAllBytesAsync(small.Folder.At("models", "quickstart", $"{newest + 1}", "model.onnx")));
        var predict = await small.Run("predict", "first", "--data", "data/sample");
        Assert.True(predict.ExitCode == 0, predict.Error);
        var predicted = Rows(predict.Output);
        var window = expected.Where(row => row.Value.Fold == 0 && !float.IsNaN(row.Value.Signal)).ToArray();
        Assert.True(window.Length > 1000, $"only {window.Length} rows");
        Assert.All(window, row => AssertClose(row.Value, predicted[row.Key]));
        Assert.Equal(2, (await small.Run("export", "run", "--fold", "99", "--out", "none")).ExitCode);
    }

    [Fact]
    public async Task Export_RetrainedToADate_DecidesFromTheNextBarOn()
    {
        var export = await small.Run("export", "run", "--retrain-to", "2012-06-29", "--out", "deployed", "--json");
        Assert.True(export.ExitCode == 0, export.Error);
        Assert.DoesNotContain("The newest bar", export.Error, StringComparison.Ordinal);
        using var manifest = JsonDocument.Parse(export.Output);
        var window = manifest.RootElement.GetProperty("window");
        Assert.Equal("2012-06-30", window.GetProperty("not_before").GetString());
        Assert.Equal("2012-06-29", window.GetProperty("validation_end").GetString());
        Assert.Equal("2014-06-30", window.GetProperty("expires").GetString());
        Assert.Equal(-1, manifest.RootElement.GetProperty("source").GetProperty("fold").GetInt32());
        var predict = await small.Run("predict", "deployed", "--data", "data/sample");
        Assert.True(predict.ExitCode == 0, predict.Error);
        Assert.Equal("2012-07-02", Rows(predict.Output).Keys.Min().Date);
        var again = await small.Run("export", "run", "--retrain-to", "2012-06-29", "--out", "again", "--quiet");
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(await File.ReadAllBytesAsync(small.Folder.At("deployed", "model.onnx")), await File.ReadAllBytesAsync(small.Folder.At("again", "model.onnx")));
    }

    [Fact]
    public async Task Export_RetrainedToADateBeyondThePrices_SaysWhereTrainingEnds()
    {
        var export = await small.Run("export", "run", "--retrain-to", "2025-01-01", "--out", "newest", "--json");
        Assert.True(export.ExitCode == 0, export.Error);
        var lines = export.Error.Split('\n');
        Assert.Contains("units to train", lines[0], StringComparison.Ordinal);
        Assert.Equal("The newest bar up to --retrain-to 2025-01-01 is of 2019-12-31: training ends there.", lines[1]);
        using var manifest = JsonDocument.Parse(export.Output);
        Assert.Equal("2020-01-01", manifest.RootElement.GetProperty("window").GetProperty("not_before").GetString());
    }

    [Fact]
    public async Task Predict_SeenDatesAndDamage_AreRefusedWithTheirReason()
    {
        var seen = await small.Run("predict", "run/model", "--data", "data/sample", "--from", "2010-01-04");
        Assert.Equal(5, seen.ExitCode);
        Assert.Contains("hindsight", seen.Error, StringComparison.Ordinal);
        var asked = await small.Run("predict", "run/model", "--data", "data/sample", "--from", "2010-01-04", "--allow-seen");
        Assert.Equal("2010-01-04", Rows(asked.Output).Keys.Min().Date);
        foreach (var (file, at) in new[] { ("model.onnx", 100), ("manifest.json", 200) })
        {
            foreach (var source in Directory.GetFiles(small.Folder.At("run", "model"))) small.Folder.Write($"damaged/{Path.GetFileName(source)}", "");
            foreach (var source in Directory.GetFiles(small.Folder.At("run", "model"))) File.Copy(source, small.Folder.At("damaged", Path.GetFileName(source)), overwrite: true);
            var bytes = await File.ReadAllBytesAsync(small.Folder.At("damaged", file));
            bytes[at] ^= 1;
            await File.WriteAllBytesAsync(small.Folder.At("damaged", file), bytes);
            var damaged = await small.Run("predict", "damaged", "--data", "data/sample");
            Assert.Equal(5, damaged.ExitCode);
            Assert.Contains(file, damaged.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    public void ExportedModel_PassesTheOnnxChecker()
    {
        const string check = "import onnx, sys; onnx.checker.check_model(onnx.load(sys.argv[1]), full_check=True); print('valid')";
        var start = new System.Diagnostics.ProcessStartInfo("/usr/bin/python3", ["-c", check, small.Folder.At("run", "model", "model.onnx")]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (!File.Exists(start.FileName)) Assert.Skip("python3 is not installed");
        using var process = System.Diagnostics.Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEnd(), process.StandardError.ReadToEnd());
        if (error.Contains("No module named 'onnx'", StringComparison.Ordinal)) Assert.Skip("python3-onnx is not installed");
        Assert.True(output.Trim() == "valid", error);
    }

    private static async Task ServerAgrees(TemporaryFolder folder, Dictionary<(string Date, string Symbol), (int Fold, float Signal, double Weight)> window)
    {
        var panel = MarketDataLoader.Load([folder.At("data", "sample")]).Panel;
        await using var served = await ServedRepository.Start(root =>
        {
            var version = Directory.CreateDirectory(Path.Combine(root, "quickstart", "1")).FullName;
            foreach (var file in Directory.GetFiles(folder.At("run", "model"))) File.Copy(file, Path.Combine(version, Path.GetFileName(file)));
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
