using System.Text;
using QuantGrad.Exporting;
using QuantGrad.Inference;
using QuantGrad.MarketData;
using QuantGrad.Tests.Inference;
using QuantGrad.Tests.WalkForward;

namespace QuantGrad.Tests.Exporting;

public sealed class BundleTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-bundle");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Verify_WrittenBundle_GivesTheManifestAndRuns()
    {
        var path = Path.Combine(folder.FullName, "model");
        var written = TinyBundle.Write(path);
        var bundle = BundleReader.Verify(path);
        Assert.Equal(written.ManifestSha256, bundle.Manifest.ManifestSha256);
        Assert.Equal(["week", "month"], bundle.Manifest.Features.Select(feature => feature.Name));
        Assert.Equal(22, bundle.Manifest.HistoryBars);
        Assert.Null(bundle.Manifest.Metrics["psr"]);
        using var session = bundle.Open();
        Assert.Equal(Math.Tanh((0.1 * 3) - (0.2 * 2)), session.Run([0.1f, 0.2f], 1)[0], 6);
        Assert.Equal(["model"], folder.GetFileSystemInfos().Select(entry => entry.Name));
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytesAndReplaces()
    {
        var path = Path.Combine(folder.FullName, "model");
        TinyBundle.Write(path, first: 1);
        TinyBundle.Write(path);
        var first = File.ReadAllBytes(Path.Combine(path, "manifest.json"));
        TinyBundle.Write(path);
        Assert.Equal(first, File.ReadAllBytes(Path.Combine(path, "manifest.json")));
        Assert.DoesNotContain((byte)'\r', first);
        Assert.Equal((byte)'\n', first[^1]);
    }

    [Fact]
    public void Predict_SymbolsThatTrainingHasNotSeen_AreNamedWhereTheyAreTraded()
    {
        var path = Path.Combine(folder.FullName, "model");
        TinyBundle.Write(path);
        using var predictor = new BundlePredictor(BundleReader.Verify(path));
        var dates = Enumerable.Range(0, 100).Select(day => TinyBundle.Day(2017, 1, 3).AddDays(day)).ToArray();
        double[] Closes(int from, int to) => [.. Enumerable.Range(0, dates.Length).Select(day => day >= from && day < to ? 100 + day % 7 : double.NaN)];
        double[][] columns = [Closes(0, 100), Closes(0, 40), Closes(0, 100), Closes(90, 100)];
        var panel = new Panel(dates, ["AAA", "GONE", "STRANGER", "TOONEW"], columns, columns, columns, columns, columns);
        var warnings = new List<string>();

        var predicted = BundlePrediction.Run(predictor, SmallRun.DataSet(panel), dates[60], allowSeen: false, threads: 1, warnings.Add);

        Assert.Equal(["AAA", "STRANGER"], predicted.Traded());
        Assert.Equal(
            [
                "1 of the 2 symbols that the model was trained on are not in the prices (BBB): the weights are those of a portfolio without them.",
                "STRANGER was not among the symbols that the model was trained on.",
            ],
            warnings);
    }

    /// <summary>Some faults show only when a model is run: such a model is not published.</summary>
    [Fact]
    public void Write_ModelThatLoadsButCannotRun_IsRefusedAndLeavesNothing()
    {
        var path = Path.Combine(folder.FullName, "model");
        var model = new TinyOnnx().Input("features", OnnxElementType.Float, "batch", 2).Output("position", OnnxElementType.Float, "batch", 1)
            .Constant("w", [3, 1], [1, 2, 3]).Constant("v", [1], [1]).Node("Shape", ["features"], "size").Node("Reshape", ["w", "size"], "rows")
            .Node("Add", ["rows", "v"], "position").Build();

        Assert.Throws<OnnxRuntimeException>(() => BundleWriter.Write(path, TinyBundle.Manifest(), model));

        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public void Verify_SingleBytesChanged_AreRefused() => ChangeBytes(every: 13);

    [Fact]
    [Trait("Category", "Long")]
    public void Verify_AnySingleByteChanged_IsRefused() => ChangeBytes(every: 1);

    private void ChangeBytes(int every)
    {
        var path = Path.Combine(folder.FullName, "model");
        var weights = new float[2 * 5000];
        var model = new TinyOnnx().Input("features", OnnxElementType.Float, "batch", 2).Output("position", OnnxElementType.Float, "batch", 1)
            .Constant("w", [2, 2500], weights[..5000]).Constant("v", [2500, 1], weights[..2500])
            .Node("MatMul", ["features", "w"], "hidden").Node("MatMul", ["hidden", "v"], "position").Build();
        BundleWriter.Write(path, TinyBundle.Manifest(), model);
        var files = Directory.GetFiles(path).ToDictionary(file => file, File.ReadAllBytes);
        Assert.InRange(files.Values.Sum(bytes => bytes.Length), 25_000, 40_000);
        BundleReader.Verify(path, (file, _) => files[file]);
        foreach (var (changed, bytes) in files)
        {
            Parallel.For(0, (bytes.Length + every - 1) / every, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, step =>
            {
                var at = step * every;
                var copy = (byte[])bytes.Clone();
                copy[at] ^= (byte)(1 + (at * 7 % 255));
                var refused = Assert.ThrowsAny<ModelException>(() => BundleReader.Verify(path, (file, _) => file == changed ? copy : files[file]));
                Assert.Equal(5, refused.ExitCode);
            });
            foreach (var cut in new[] { 0, 1, bytes.Length / 2, bytes.Length - 1 })
                Assert.ThrowsAny<ModelException>(() => BundleReader.Verify(path, (file, _) => file == changed ? bytes[..cut] : files[file]));
            Assert.ThrowsAny<ModelException>(() => BundleReader.Verify(path, (file, _) => file == changed ? [.. bytes, (byte)' '] : files[file]));
        }
    }

    [Theory]
    [InlineData("\"format\": 1,", "\"format\": 2,", "format 2; this program reads up to 1")]
    [InlineData("\"format\": 1,", "\"format\": 2, \"later\": {\"a\": []},", "format 2; this program reads up to 1")]
    [InlineData("\"format\": 1,", "", "does not say its format")]
    [InlineData("\"name\": \"tiny\",", "\"name\": \"tiny\", \"name\": \"tiny\",", "not a bundle's manifest")]
    [InlineData("\"name\": \"tiny\",", "", "not a bundle's manifest")]
    [InlineData("\"name\": \"tiny\",", "\"name\": \"tiny\", \"extra\": 1,", "not a bundle's manifest")]
    [InlineData("\"train_start\": \"2010-01-04\"", "\"train_start\": \"04.01.2010\"", "not a bundle's manifest")]
    [InlineData("{", "", "does not say its format")]
    [InlineData("\"format\"", "format", "is not JSON")]
    public void Verify_ManifestOfAnotherShape_SaysWhy(string from, string to, string reason)
    {
        var path = Path.Combine(folder.FullName, "model");
        TinyBundle.Write(path);
        var file = Path.Combine(path, "manifest.json");
        var text = File.ReadAllText(file);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(file, string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length)));
        Assert.Contains(reason, Assert.ThrowsAny<ModelException>(() => BundleReader.Verify(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ManifestWithoutSense_NamesTheKey()
    {
        var good = TinyBundle.Manifest();
        foreach (var (bad, key) in new (BundleManifest, string)[]
        {
            (good with { Name = "../x" }, "name"),
            (good with { ModelVersion = 0 }, "model_version"),
            (good with { Kind = "oracle" }, "kind"),
            (good with { SequenceBars = 5 }, "sequence_bars"),
            (good with { Features = [] }, "features"),
            (good with { Features = [good.Features[0], good.Features[0]] }, "features"),
            (good with { Features = [good.Features[0] with { HistoryBars = 0 }, good.Features[1]] }, "features.week.history_bars"),
            (good with { Window = good.Window with { NotBefore = good.Window.TrainEnd } }, "window.not_before"),
            (good with { Fill = "yesterday" }, "fill"),
            (good with { Position = good.Position with { Sizing = "kelly" } }, "position.sizing"),
        })
            Assert.Contains($": {key} is ", Assert.ThrowsAny<ModelException>(() => BundleWriter.Write(Path.Combine(folder.FullName, "bad"), bad, TinyBundle.Model())).Message, StringComparison.Ordinal);
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public void Write_OtherNumberOfInputs_IsRefused()
    {
        var good = TinyBundle.Manifest();
        var refused = Assert.ThrowsAny<ModelException>(() => BundleWriter.Write(Path.Combine(folder.FullName, "bad"), good with { Features = [good.Features[0]] }, TinyBundle.Model()));
        Assert.Contains("expects features: float [batch, 1]", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_FileMissing_NamesIt()
    {
        var path = Path.Combine(folder.FullName, "model");
        TinyBundle.Write(path);
        File.Delete(Path.Combine(path, "model.onnx"));
        Assert.Contains("model.onnx does not exist", Assert.ThrowsAny<ModelException>(() => BundleReader.Verify(path)).Message, StringComparison.Ordinal);
        Assert.Contains("manifest.json does not exist", Assert.ThrowsAny<ModelException>(() => BundleReader.Verify(folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_Committed_IsTheRecords()
    {
        var committed = Repository.PathOf("src/QuantGrad/Exporting/manifest.schema.json");
        var now = ManifestSchema.Text();
        if (Environment.GetEnvironmentVariable("QUANTGRAD_WRITE_SCHEMA") == "1") File.WriteAllText(committed, now, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Assert.Equal(File.ReadAllText(committed), now);
    }
}
