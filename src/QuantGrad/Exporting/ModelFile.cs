using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Onnx;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Exporting;

/// <summary>The ONNX file of a fold: the very graph that was tested, cut at the position, with what it needs to be understood in its metadata.</summary>
internal static class ModelFile
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file's bytes; the same for the same run.</summary>
    /// <param name="market">Strategy, data and features.</param>
    /// <param name="model">The fold's members.</param>
    /// <param name="fold">Its windows.</param>
    /// <param name="version">The model's version, a growing integer.</param>
    /// <param name="historyBars">Bars of history that the features need.</param>
    /// <param name="symbols">The symbols seen in training, in the manifest's order: the rows of an embedding's table.</param>
    public static byte[] Write(Preparation market, FoldModel model, Fold fold, long version, int historyBars, IReadOnlyList<string> symbols)
    {
        var strategy = market.Strategy;
        var weights = SHA256.HashData(MemoryMarshal.AsBytes<float>([.. model.Members.SelectMany(member => member.Parameters)]));
        string Bar(int index) => market.Data.Panel.Dates[index].ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var info = new OnnxModelInfo(strategy.Name, Pipeline.Version)
        {
            ModelVersion = version,
            Documentation = strategy.Position.Portfolio.LooksAcross()
                ? "features -> score; clipping, scaling and all members are inside, the shares of a date's symbols follow from their scores as the manifest's position.portfolio says"
                : "features -> position in [-1, 1]; clipping, scaling, all members and the squashing are inside",
            Metadata =
            [
                new("quantgrad.name", strategy.Name),
                new("quantgrad.feature_names", JsonSerializer.Serialize(market.Formulas.Names, Json)),
                new("quantgrad.feature_formulas", JsonSerializer.Serialize(market.Formulas.Formulas, Json)),
                new("quantgrad.config_sha256", strategy.Hash()),
                new("quantgrad.data_sha256", market.Data.Sha256),
                new("quantgrad.weights_sha256", Convert.ToHexStringLower(weights)),
                new("quantgrad.train_start", Bar(fold.Train.Start)),
                new("quantgrad.train_end", Bar(fold.Train.End - 1)),
                new("quantgrad.bar_interval", market.Data.BarInterval.ToString("c", CultureInfo.InvariantCulture)),
                new("quantgrad.loss", strategy.Objective.Summary),
                new("quantgrad.seed", strategy.Seed.ToString(CultureInfo.InvariantCulture)),
                new("quantgrad.warmup_bars", historyBars.ToString(CultureInfo.InvariantCulture)),
                new("quantgrad.code_version", Pipeline.Version),
            ],
        };
        var names = new Dictionary<Node, string> { [model.Graph.Features] = "features" };
        int[] columns = [.. symbols.Select(symbol => Array.IndexOf(market.Data.Panel.Symbols, symbol))];
        if (model.Graph.Rules.Count == 0)
        {
            var single = model.PositionPlan<float>(new PlanSize(1, 1));
            ArrangeTables(single, columns);
            return OnnxModelWriter.Write(model.Graph.Output, "position", names, single, info);
        }

        // A rule computes with prices, in double; what it makes of its parameters alone is written as numbers, which one run gives.
        var plan = model.PositionPlan<double>(new PlanSize(1, 1));
        plan.Forward();
        ArrangeTables(plan, columns);
        return OnnxModelWriter.Write(model.Graph.Output, "position", names, plan, info);
    }

    /// <summary>The rows of tables with a row a symbol, which a run has in the panel's order, in that of the symbols seen; all others are as the last row, which is for symbols not seen.</summary>
    private static void ArrangeTables<T>(Plan<T> plan, int[] columns) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        foreach (var table in plan.Graph.Nodes.Where(node => node.Op is Lookup && plan.IsNeeded(node)).Select(node => node.Inputs[1]))
        {
            var width = table.Shape.Width;
            var values = plan.Value(table);
            var run = values.ToArray();
            for (var row = 0; row < values.Length; row += width) run.AsSpan(^width..).CopyTo(values[row..]);
            for (var row = 0; row < columns.Length; row++) run.AsSpan(columns[row] * width, width).CopyTo(values[(row * width)..]);
        }
    }
}
