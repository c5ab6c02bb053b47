using System.Numerics;
using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>y = f(x·W + b), with x <c>[rows, in]</c>, W <c>[in, out]</c>, b <c>[1, out]</c>.</summary>
public sealed class Dense : Op
{
    /// <summary>Makes the op.</summary>
    /// <param name="activation">f. One whose slope can be had from its value: not GELU, which stands behind a dense op of its own.</param>
    /// <exception cref="GraphException">The activation is GELU.</exception>
    public Dense(Activation activation = Activation.Identity)
    {
        if (!ActivationFormula.SlopeFromValue(activation)) throw new GraphException($"Dense cannot end in {activation}; add an Activate op behind it.");
        Activation = activation;
    }

    /// <summary>f.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        ShapeRule.Expect(this, inputs, 3);
        var (x, w, b) = (inputs[0], inputs[1], inputs[2]);
        ShapeRule.Expect(this, "the weight W", w, Shape.Fixed(x.Width, w.Width));
        ShapeRule.Expect(this, "the bias b", b, Shape.Fixed(1, w.Width));
        return x with { Width = w.Width };
    }

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        MatrixKernel.Affine(frame.Input(0), frame.Input(1), frame.Input(2), frame.Output, frame.Rows, frame.InputWidth(0), frame.Width);
        if (Activation != Activation.Identity) ActivationKernel.Forward(Activation, frame.Output, frame.Output);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        int rows = frame.Rows, width = frame.InputWidth(0), outputs = frame.Width;
        var dz = frame.OutputGradientScratch;
        ActivationKernel.ScaleBySlope(Activation, frame.Output, dz);
        if (frame.WantsGradient(2)) MatrixKernel.AddColumnSums(dz, frame.InputGradient(2), rows, outputs);
        if (frame.WantsGradient(1)) MatrixKernel.AddTransposedProduct(frame.Input(0), dz, frame.InputGradient(1), rows, width, outputs);
        if (frame.WantsGradient(0)) MatrixKernel.AddProductWithTransposed(dz, frame.Input(1), frame.InputGradient(0), rows, outputs, width);
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        var z = Activation == Activation.Identity ? onnx.Output : onnx.Name("z");
        if (onnx.IsSequence) onnx.Node("Add", [onnx.Node("MatMul", [onnx.Input(0), onnx.Input(1)]), onnx.Input(2)], z);
        else onnx.Node("Gemm", [onnx.Input(0), onnx.Input(1), onnx.Input(2)], z);
        if (Activation != Activation.Identity) Activate.WriteOnnx(onnx, Activation, z, onnx.Output);
    }
}
