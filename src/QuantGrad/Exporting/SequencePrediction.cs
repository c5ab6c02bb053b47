using QuantGrad.Accounting;
using QuantGrad.Features;
using QuantGrad.Strategies;

namespace QuantGrad.Exporting;

/// <summary>
/// Signals of a model that looks along time, from the first date asked for on: each symbol's own usable rows as one sequence, before them the bars that the
/// manifest asks for. Long sequences are cut into blocks that overlap by so many.
/// </summary>
internal static class SequencePrediction
{
    /// <summary>Decisions of one sequence; attention takes memory that grows with the square of a sequence's length.</summary>
    private const int BlockBars = 1024;

    private const int BatchRows = 8192;

    /// <summary>Fills the signals of every decided cell from a step on.</summary>
    /// <param name="predictor">The bundle.</param>
    /// <param name="features">The graph's inputs.</param>
    /// <param name="sizing">What is usable and what is decided.</param>
    /// <param name="first">The first step decided on.</param>
    /// <param name="signals">Signals from that step on, <c>[T − first, A]</c>.</param>
    public static void Fill(BundlePredictor predictor, FeatureTable features, PositionSizing sizing, int first, float[] signals)
    {
        var windows = Enumerable.Range(0, features.Assets).SelectMany(asset => Windows(features, sizing, asset, first, predictor.Manifest.SequenceBars - 1));
        foreach (var same in windows.GroupBy(window => window.Cells.Length))
            foreach (var batch in same.Chunk(Math.Max(1, BatchRows / same.Key))) Infer(predictor, features, sizing, batch, first * features.Assets, signals);
    }

    private static IEnumerable<Window> Windows(FeatureTable features, PositionSizing sizing, int asset, int first, int memory)
    {
        var cells = Enumerable.Range(0, features.Steps).Select(step => step * features.Assets + asset).Where(cell => sizing.Usable[cell]).ToArray();
        for (var at = Array.FindIndex(cells, cell => cell >= first * features.Assets); at >= 0 && at < cells.Length; at += BlockBars)
            yield return new Window(cells[Math.Max(0, at - memory)..Math.Min(cells.Length, at + BlockBars)], Math.Min(at, memory));
    }

    private static void Infer(BundlePredictor predictor, FeatureTable features, PositionSizing sizing, Window[] batch, int from, float[] signals)
    {
        var (bars, width) = (batch[0].Cells.Length, features.Features);
        var binding = predictor.Session.Rent();
        try
        {
            binding.SetShape(0, [batch.Length, bars, width]);
            var input = binding.Input<float>();
            for (var row = 0; row < batch.Length * bars; row++)
                for (var feature = 0; feature < width; feature++) input[row * width + feature] = (float)features.Values[batch[row / bars].Cells[row % bars] * width + feature];
            binding.Run();
            var output = binding.Output<float>();
            for (var row = 0; row < batch.Length * bars; row++)
            {
                var cell = batch[row / bars].Cells[row % bars];
                if (row % bars >= batch[row / bars].Lead && sizing.Decisions[cell] == Decision.Trade) signals[cell - from] = predictor.Finite(output[row]);
            }
        }
        finally
        {
            predictor.Session.Return(binding);
        }
    }

    /// <summary>A stretch of a symbol's rows.</summary>
    /// <param name="Cells">Their cells <c>[T, A]</c>, oldest first.</param>
    /// <param name="Lead">Rows at the beginning that are only history.</param>
    private sealed record Window(int[] Cells, int Lead);
}
