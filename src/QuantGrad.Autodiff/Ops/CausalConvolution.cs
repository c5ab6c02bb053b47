using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>
/// A causal dilated convolution along time (van den Oord et al. 2016; the layer of a TCN): y[t] = b + Σ_k x[t − k·dilation]·W_k, k = 0 … taps − 1, with zeros
/// before the first step. Inputs: x <c>[T·A, F]</c>, W <c>[taps·F, out]</c> (W₀, the newest, first), b <c>[1, out]</c>. In time-major rows a lag is an
/// offset, so that each tap is one product.
/// </summary>
/// <param name="taps">At least 1.</param>
/// <param name="dilation">Steps between taps, at least 1.</param>
public sealed class CausalConvolution(int taps, int dilation = 1) : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        ShapeRule.Expect(this, inputs, 3);
        if (taps < 1 || dilation < 1) throw new GraphException($"CausalConvolution: {taps} taps and dilation {dilation}, expected at least 1 of each.");
        ShapeRule.Expect(this, "the input x", inputs[0], Shape.PerRow(inputs[0].Width));
        ShapeRule.Expect(this, "the weight W", inputs[1], Shape.Fixed(taps * inputs[0].Width, inputs[1].Width));
        ShapeRule.Expect(this, "the bias b", inputs[2], Shape.Fixed(1, inputs[1].Width));
        return Shape.PerRow(inputs[1].Width);
    }

    internal override int WorkspaceLength(ReadOnlySpan<Shape> inputs, PlanSize size) => taps * Packed(inputs[0].Width, inputs[1].Width);

    internal override void Prepare<T>(in OpFrame<T> frame, bool backward)
    {
        var width = frame.InputWidth(0);
        var outputs = frame.Width;
        for (var k = 0; k < taps; k++)
        {
            var w = frame.Input(1).Slice(k * width * outputs, width * outputs);
            var packed = frame.Workspace[(k * Packed(width, outputs))..];
            if (backward) new Product(width, outputs).PackBackward(w, packed);
            else new Product(width, outputs).PackForward(w, frame.Input(2), packed);
        }
    }

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var width = frame.InputWidth(0);
        var outputs = frame.Width;
        for (var k = 0; k < taps && Lag(frame.Size, k) < frame.Rows; k++)
        {
            var lag = Lag(frame.Size, k);
            var rows = frame.Rows - Lag(frame.Size, k);
            var y = frame.Output[(lag * outputs)..];
            new Product(width, outputs).Forward(frame.Input(0)[..(rows * width)], frame.Workspace[(k * Packed(width, outputs))..], y, rows, k == 0 ? TileEnd.StoreWithBias : TileEnd.Add);
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var width = frame.InputWidth(0);
        var outputs = frame.Width;
        for (var k = 0; k < taps && Lag(frame.Size, k) < frame.Rows; k++)
        {
            var lag = Lag(frame.Size, k);
            var rows = frame.Rows - Lag(frame.Size, k);
            var dy = frame.OutputGradient[(lag * outputs)..];
            var dw = frame.WantsGradient(1) ? frame.InputGradient(1).Slice(k * width * outputs, width * outputs) : [];
            var db = frame.WantsGradient(2) && k == 0 ? frame.InputGradient(2) : [];
            new Product(width, outputs).AddGradients(frame.Input(0)[..(rows * width)], dy, dw, db, rows);
            if (frame.WantsGradient(0)) new Product(width, outputs).Backward(dy, frame.Workspace[(k * Packed(width, outputs))..], frame.InputGradient(0)[..(rows * width)], rows, add: true);
        }
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        var (width, outputs, w) = (onnx.Source.Inputs[0].Shape.Width, onnx.Source.Shape.Width, onnx.InputValues(1).ToArray());
        var kernel = new float[w.Length]; // [out, F, taps], the oldest tap first
        for (var k = 0; k < taps; k++)
            for (var feature = 0; feature < width; feature++)
                for (var output = 0; output < outputs; output++)
                    kernel[(output * width + feature) * taps + taps - 1 - k] = w[(k * width + feature) * outputs + output];
        var channels = onnx.Node("Transpose", [onnx.Input(0)], null, OnnxAttribute.Integers("perm", 0, 2, 1));
        string[] weights = [onnx.Tensor("kernel", [outputs, width, taps], kernel), onnx.Tensor("bias", [outputs], onnx.InputValues(2))];
        var sums = onnx.SingleNode("Conv", channels, weights, null, OnnxAttribute.Integers("dilations", dilation), OnnxAttribute.Integers("pads", (taps - 1) * dilation, 0));
        onnx.Node("Transpose", [sums], onnx.Output, OnnxAttribute.Integers("perm", 0, 2, 1));
    }

    private int Lag(PlanSize size, int tap) => checked(tap * dilation * size.Assets);

    private static int Packed(int width, int outputs) => (Product.PackedLength(width, outputs) + 15) / 16 * 16;
}
