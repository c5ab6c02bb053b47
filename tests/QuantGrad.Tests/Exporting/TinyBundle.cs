using QuantGrad.Exporting;
using QuantGrad.Inference;
using QuantGrad.Tests.Inference;

namespace QuantGrad.Tests.Exporting;

/// <summary>A small, honest bundle: two features, position = tanh(features · w).</summary>
internal static class TinyBundle
{
    public static BundleManifest Manifest(string name = "tiny", long version = 1) => new(
        BundleManifest.CurrentFormat, name, version, "network", SequenceBars: 0, WarmUpBars: 0,
        [
            new BundleFeature("week", "ret(5)", HistoryBars: 6, -0.3, 0.3, 0.001, 0.03),
            new BundleFeature("month", "ret(21)", HistoryBars: 22, -0.5, 0.5, 0.004, 0.06),
        ],
        new BundleMarket(86400, 252, ["AAA", "BBB"]),
        new BundleWindow(Day(2010, 1, 4), Day(2015, 12, 31), Day(2016, 1, 4), Day(2016, 12, 30), Day(2017, 1, 3), Day(2017, 12, 29)),
        new BundlePosition("none", 0, 0, 1, "equal", HistoryBars: 1),
        new BundleCosts(1, 2, 1, 50), "next_close",
        new SortedDictionary<string, double?>(StringComparer.Ordinal) { ["sharpe"] = 0.71, ["psr"] = null },
        new BundleSource("2026-01-01-abc", 6, 1, 2, new string('a', 64), new string('b', 64), "0.1.0"), [], "");

    public static byte[] Model(float first = 3, float second = -2) => Graph(first, second).Build();

    public static TinyOnnx Graph(float first, float second) => new TinyOnnx()
        .Input("features", OnnxElementType.Float, "batch", 2).Output("position", OnnxElementType.Float, "batch", 1)
        .Constant("w", [2, 1], [first, second]).Node("MatMul", ["features", "w"], "product").Node("Tanh", ["product"], "position");

    public static BundleManifest Write(string folder, string name = "tiny", long version = 1, float first = 3, float second = -2) =>
        BundleWriter.Write(folder, Manifest(name, version), Model(first, second));

    public static DateTime Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, DateTimeKind.Utc);
}
