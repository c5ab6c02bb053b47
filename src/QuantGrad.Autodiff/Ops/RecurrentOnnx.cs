using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>A recurrent layer as an ONNX node, which has time before batch and its own order of gates, and stores weights transposed.</summary>
internal static class RecurrentOnnx
{
    /// <summary>Writes [batch, time, F] → [batch, time, H].</summary>
    /// <param name="onnx">The writer; inputs 1 and 2 are Wx and Wh.</param>
    /// <param name="type">LSTM or GRU.</param>
    /// <param name="hidden">H.</param>
    /// <param name="order">The place among our gates of each of ONNX's.</param>
    /// <param name="bias">Both biases in ONNX's order.</param>
    /// <param name="attributes">Further attributes.</param>
    internal static void Write(OnnxNodeWriter onnx, string type, int hidden, ReadOnlySpan<int> order, float[] bias, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var timeFirst = onnx.Node("Transpose", [onnx.Input(0)], null, OnnxAttribute.Integers("perm", 1, 0, 2));
        string[] weights = [Weight(onnx, 1, hidden, order), Weight(onnx, 2, hidden, order), onnx.Tensor("bias", [1, bias.Length], bias)];
        var states = onnx.SingleNode(type, timeFirst, weights, null, [OnnxAttribute.Integer("hidden_size", hidden), .. attributes]); // [time, 1, batch, H]
        onnx.Node("Transpose", [onnx.Node("Squeeze", [states, onnx.Integers(1)])], onnx.Output, OnnxAttribute.Integers("perm", 1, 0, 2));
    }

    /// <summary>Both biases, ours on the input and on the state, in ONNX's order; an empty one is zero.</summary>
    internal static float[] Bias(ReadOnlySpan<float> input, int hidden, ReadOnlySpan<int> order, ReadOnlySpan<float> state)
    {
        var bias = new float[2 * order.Length * hidden];
        for (var gate = 0; gate < order.Length; gate++)
        {
            input.Slice(order[gate] * hidden, hidden).CopyTo(bias.AsSpan(gate * hidden));
            if (!state.IsEmpty) state.Slice(order[gate] * hidden, hidden).CopyTo(bias.AsSpan((order.Length + gate) * hidden));
        }

        return bias;
    }

    private static string Weight(OnnxNodeWriter onnx, int input, int hidden, ReadOnlySpan<int> order)
    {
        var w = onnx.InputValues(input);
        var (rows, gates) = (w.Length / (order.Length * hidden), order.Length * hidden);
        var transposed = new float[w.Length];
        for (var gate = 0; gate < order.Length; gate++)
            for (var unit = 0; unit < hidden; unit++)
                for (var row = 0; row < rows; row++)
                    transposed[(gate * hidden + unit) * rows + row] = w[row * gates + order[gate] * hidden + unit];
        return onnx.Tensor("weight", [1, gates, rows], transposed);
    }
}
