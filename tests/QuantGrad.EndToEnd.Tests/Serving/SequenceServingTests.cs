using System.Globalization;
using System.Text;
using System.Text.Json;
using QuantGrad.Autodiff;
using QuantGrad.Exporting;
using QuantGrad.MarketData;
using QuantGrad.MarketData.Synthetic;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.EndToEnd.Tests.Serving;

/// <summary>A model that looks along time, served: bars at once, bar by bar, and raw sequences.</summary>
public sealed class SequenceServingTests
{
    private const string File = """
        name: sequence
        data: { path: unused }
        features: { r1: ret(1) / ewmvol(20), trend: "ema(close, 8) / ema(close, 24) - 1" }
        model: { network: { layers: [{conv: 3, kernel: 2}, {gru: 4}], memory: 40 } }
        position: { vol_span: 20 }
        walk_forward: { train: 2y, validation: 6m, test: 1y }
        """;

    private static readonly Preparation Market = Prepare();

    [Fact]
    public async Task SignalAndStream_GiveThePositionsOfTheBatch()
    {
        await using var served = await ServedRepository.Start(Export);
        var (panel, first) = (Market.Data.Panel, Market.Folds[0].Test.Start);
        using var predictor = new BundlePredictor(BundleReader.Verify(Path.Combine(served.Root, "sequence", "1")));
        var expected = predictor.Predict(panel, first);

        Assert.Equal(200, (await served.Post("/v1/models/sequence/streams/live/bars", Bars(panel, 0, first))).Status);
        for (var step = first; step < first + 40; step++)
        {
            var stream = await served.Post("/v1/models/sequence/streams/live/bars", Bars(panel, step, step + 1));
            Compare(stream, expected, step);
            if (step % 20 == 0) Compare(await served.Post("/v1/models/sequence/signal", Bars(panel, 0, step + 1)), expected, step);
        }
    }

    [Fact]
    public async Task Infer_SequencesOfAnyLength_AreTheGraphs_AndEndlessOnesAreRefused()
    {
        await using var served = await ServedRepository.Start(Export);
        using (var model = JsonDocument.Parse((await served.Get("/v2/models/sequence")).Body))
        {
            Assert.Equal("""[{"name":"features","datatype":"FP32","shape":[-1,-1,2]}]""", model.RootElement.GetProperty("inputs").GetRawText());
            Assert.Equal("sequence", model.RootElement.GetProperty("properties").GetProperty("kind").GetString());
            Assert.True(int.Parse(model.RootElement.GetProperty("properties").GetProperty("sequence_bars").GetString()!, CultureInfo.InvariantCulture) > 5);
        }

        using var session = BundleReader.Verify(Path.Combine(served.Root, "sequence", "1")).Open();
        var random = new RandomStream(4);
        foreach (var (batch, time) in new[] { (1, 1), (3, 7), (2, 60) })
        {
            var values = Enumerable.Range(0, batch * time * 2).Select(_ => (float)random.NextNormal()).ToArray();
            var (status, body) = await served.Post("/v2/models/sequence/infer", Tensor(batch, time, values));
            Assert.True(status == 200, body);
            using var answer = JsonDocument.Parse(body);
            var output = answer.RootElement.GetProperty("outputs")[0];
            Assert.Equal($"[{batch},{time},1]", output.GetProperty("shape").GetRawText());
            Assert.Equal(session.Run(values, batch), output.GetProperty("data").EnumerateArray().Select(value => value.GetSingle()));
        }

        var refused = await served.Post("/v2/models/sequence/infer", Tensor(1, 3000, new float[6000]));
        Assert.Equal(400, refused.Status);
        Assert.Contains("sequences of 3000 bars; at most 1024", refused.Body, StringComparison.Ordinal);
    }

    private static void Export(string root)
    {
        var graph = StrategyGraph.Compile(Market.Strategy, 1, Market.PeriodsPerYear);
        var plan = new Plan<float>(graph.Graph, new PlanSize(1, 1), graph.Position);
        plan.InitializeParameters(3);
        var unit = new TrainedUnit(0, 0, plan.Parameters.ToArray(), [0, 0], [0.9, 0.02], 0, [], [], []);
        BundleExport.Write(Path.Combine(root, "sequence", "1"), Market, new FoldModel(Market.Strategy, [unit], Market.PeriodsPerYear), Market.Folds[0], null, "run");
    }

    private static Preparation Prepare()
    {
        var panel = AutoregressiveMarket.Make(9, 3, 4, 0.1, 0.01).Panel;
        for (var step = 5; step < panel.Steps; step += 6) panel.Close[1][step] = panel.Open[1][step] = panel.High[1][step] = panel.Low[1][step] = panel.Volume[1][step] = double.NaN;
        var strategy = StrategyFile.Parse(File, Path.Combine(AppContext.BaseDirectory, "sequence.yaml"), []);
        return Preparation.Of(strategy, new MarketDataSet(panel, [], Sampling.Of(Array.ConvertAll(panel.Dates, date => date.Ticks)), []), 1);
    }

    private static void Compare((int Status, string Body) answer, Predictions expected, int step)
    {
        Assert.True(answer.Status == 200, answer.Body);
        using var json = JsonDocument.Parse(answer.Body);
        foreach (var position in json.RootElement.GetProperty("positions").EnumerateArray())
        {
            var at = expected.At(step, Array.IndexOf(expected.Panel.Symbols, position.GetProperty("symbol").GetString()));
            Assert.Equal(float.IsNaN(expected.Signals[at]), position.GetProperty("signal").ValueKind == JsonValueKind.Null);
            if (float.IsNaN(expected.Signals[at])) continue;
            Assert.Equal(expected.Signals[at], position.GetProperty("signal").GetSingle(), 1e-5f);
            Assert.Equal(expected.Weights[at], position.GetProperty("weight").GetDouble(), 1e-5);
        }
    }

    private static string Tensor(int batch, int time, float[] values) =>
        $$"""{"inputs":[{"name":"features","datatype":"FP32","shape":[{{batch}},{{time}},2],"data":[{{string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}}]}]}""";

    private static string Bars(Panel panel, int from, int to)
    {
        var symbols = Enumerable.Range(0, panel.Assets).Select(asset => $"\"{panel.Symbols[asset]}\":[{string.Join(',', Enumerable.Range(from, to - from).Where(step => panel.HasBar(step, asset)).Select(step => Bar(panel.At(step, asset))))}]");
        return new StringBuilder("{\"bars\":{").AppendJoin(',', symbols).Append("}}").ToString();
    }

    private static string Bar(Bar bar) => string.Create(CultureInfo.InvariantCulture,
        $"{{\"date\":\"{bar.Time:yyyy-MM-dd}\",\"open\":{bar.Open:R},\"high\":{bar.High:R},\"low\":{bar.Low:R},\"close\":{bar.Close:R},\"volume\":{bar.Volume:R}}}");
}
