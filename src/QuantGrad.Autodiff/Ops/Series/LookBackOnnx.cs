using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops.Series;

/// <summary>A look-back's mixture as ONNX nodes over all of time at once: means and deviations from running sums, extremes by doubling the window.</summary>
internal static class LookBackOnnx
{
    /// <summary>The look-backs of all rows of a table and the name of each one's weight, looked up as the look-back itself is.</summary>
    internal static (int Bars, string Weight)[] ByRow(OnnxNodeWriter onnx, Node looked, int longest)
    {
        Span<WindowWeight> candidates = stackalloc WindowWeight[LookBack.MostCandidates];
        var table = onnx.Numbers(looked.Inputs[1]);
        var weights = new SortedDictionary<int, double[]>();
        for (var row = 0; row < table.Length; row++)
        {
            var count = WindowWeight.Mixture(table[row], onnx.InputNumbers(2)[0], longest, candidates);
            foreach (var candidate in candidates[..count])
            {
                if (!weights.TryGetValue(candidate.Bars, out var ofRows)) weights[candidate.Bars] = ofRows = new double[table.Length];
                ofRows[row] = candidate.Weight;
            }
        }

        return [.. weights.Select(entry => (entry.Key, Lookup.Write(onnx, onnx.Name(looked.Inputs[0]), entry.Value, 1)))];
    }

    /// <summary>Writes Σ w_k·f_k(x).</summary>
    /// <param name="onnx">The writer; input 0 is x.</param>
    /// <param name="kind">f.</param>
    /// <param name="mixture">Each k, ascending, and the name of its weight.</param>
    internal static void Write(OnnxNodeWriter onnx, WindowKind kind, IReadOnlyList<(int Bars, string Weight)> mixture)
    {
        long longest = mixture[^1].Bars;
        var first = onnx.Node("Slice", [onnx.Input(0), onnx.Integers(0), onnx.Integers(1), onnx.Integers(1)]);
        var isSum = kind is WindowKind.Mean or WindowKind.Deviation;
        // Relative to the first value, which is taken to have stood for ever before: there the padding is 0.
        var relative = onnx.Node("Pad", [onnx.Node("Sub", [onnx.Input(0), first]), onnx.Integers(0, longest, 0, 0, 0, 0)]);
        var sums = isSum ? onnx.Node("CumSum", [relative, onnx.Integers(1)]) : relative;
        var squares = kind == WindowKind.Deviation ? onnx.Node("CumSum", [onnx.Node("Mul", [relative, relative]), onnx.Integers(1)]) : "";
        var total = "";
        foreach (var candidate in mixture)
        {
            var value = kind switch
            {
                WindowKind.Mean => Share(onnx, sums, candidate.Bars, longest),
                WindowKind.Deviation => Deviation(onnx, Share(onnx, sums, candidate.Bars, longest), Share(onnx, squares, candidate.Bars, longest), first),
                WindowKind.Lag => Earlier(onnx, relative, candidate.Bars, longest),
                _ => Extreme(onnx, kind == WindowKind.Highest ? "Max" : "Min", relative, candidate.Bars, longest),
            };
            var weighted = onnx.Node("Mul", [value, candidate.Weight]);
            total = total.Length == 0 ? weighted : onnx.Node("Add", [total, weighted]);
        }

        if (kind == WindowKind.Deviation) onnx.Node("Identity", [total], onnx.Output);
        else onnx.Node("Add", [total, first], onnx.Output);
    }

    /// <summary>What stood so many bars before, of a series with so many rows of padding before its first.</summary>
    private static string Earlier(OnnxNodeWriter onnx, string padded, long bars, long padding) => onnx.Node(
        "Slice", [padded, onnx.Integers(padding - bars), onnx.Integers(bars == 0 ? long.MaxValue : -bars), onnx.Integers(1)]);

    private static string Share(OnnxNodeWriter onnx, string sums, long bars, long padding)
    {
        var difference = onnx.Node("Sub", [Earlier(onnx, sums, 0, padding), Earlier(onnx, sums, bars, padding)]);
        return onnx.Node("Mul", [difference, onnx.Number(1.0 / bars)]);
    }

    private static string Deviation(OnnxNodeWriter onnx, string mean, string square, string first)
    {
        var variance = onnx.Node("Sub", [square, onnx.Node("Mul", [mean, mean])]);
        var level = onnx.Node("Add", [first, mean]);
        var floor = onnx.Node("Mul", [onnx.Node("Mul", [level, level]), onnx.Number(LookBack.FlatVariance)]);
        return onnx.Node("Sqrt", [onnx.Node("Where", [onnx.Node("Greater", [variance, floor]), variance, onnx.Scalar(0)])]);
    }

    /// <summary>The extreme of k bars from those of 1, 2, 4 … bars: two windows of the largest power of two cover any k.</summary>
    private static string Extreme(OnnxNodeWriter onnx, string type, string padded, long bars, long padding)
    {
        var (window, reach) = (padded, 1L);
        for (; 2 * reach <= bars; reach *= 2) window = onnx.Node(type, [window, Shifted(onnx, window, reach)]);
        if (bars > reach) window = onnx.Node(type, [window, Shifted(onnx, window, bars - reach)]);
        return Earlier(onnx, window, 0, padding);
    }

    /// <summary>The padded series moved by so many bars; its first rows, which would see before the padding, stay in the padding and are never read.</summary>
    private static string Shifted(OnnxNodeWriter onnx, string padded, long bars) => RecurrenceOnnx.Before(onnx, padded, bars);
}
