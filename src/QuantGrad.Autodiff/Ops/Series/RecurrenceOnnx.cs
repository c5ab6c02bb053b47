using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops.Series;

/// <summary>Linear recurrences in closed form, by doubling the reach (Hillis and Steele 1986): s ← s + a·s shifted, a ← a·a shifted, over 1, 2, 4 … bars.</summary>
internal static class RecurrenceOnnx
{
    /// <summary>Bars after which a state is taken to be forgotten in an exported model.</summary>
    internal const long LongestReach = 1 << 16;

    /// <summary>The value so many bars before along the time axis, 0 before the first.</summary>
    internal static string Before(OnnxNodeWriter onnx, string series, long bars)
    {
        var padded = onnx.Node("Pad", [series, onnx.Integers(0, bars, 0, 0, 0, 0)]);
        return onnx.Node("Slice", [padded, onnx.Integers(0), onnx.Integers(-bars), onnx.Integers(1)]);
    }

    /// <summary>Writes s[t] = a[t]·s[t − 1] + b[t].</summary>
    internal static void Write(OnnxNodeWriter onnx, string a, string b, string output)
    {
        for (long reach = 1; reach <= LongestReach; reach *= 2)
        {
            b = onnx.Node("Add", [b, onnx.Node("Mul", [a, Before(onnx, b, reach)])]);
            if (reach < LongestReach) a = onnx.Node("Mul", [a, Before(onnx, a, reach)]);
        }

        onnx.Node("Identity", [b], output);
    }

    /// <summary>Writes an exponential average whose α differs from row to row.</summary>
    internal static void WriteAverage(OnnxNodeWriter onnx)
    {
        var first = onnx.Node("Slice", [onnx.Input(0), onnx.Integers(0), onnx.Integers(1), onnx.Integers(1)]);
        var added = onnx.Node("Mul", [onnx.Node("Sub", [onnx.Input(0), first]), onnx.Input(1)]);
        var sum = onnx.Name("sum");
        Write(onnx, onnx.Node("Sub", [onnx.Scalar(1), onnx.Input(1)]), added, sum);
        onnx.Node("Add", [first, sum], onnx.Output);
    }
}
