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

    internal override bool WritesFreshGradients => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        ShapeRule.Expect(this, inputs, 3);
        ShapeRule.Expect(this, "the weight W", inputs[1], Shape.Fixed(inputs[0].Width, inputs[1].Width));
        ShapeRule.Expect(this, "the bias b", inputs[2], Shape.Fixed(1, inputs[1].Width));
        return inputs[0] with { Width = inputs[1].Width };
    }

    internal override int WorkspaceLength(ReadOnlySpan<Shape> inputs, PlanSize size) => Product.PackedLength(inputs[0].Width, inputs[1].Width);

    internal override void Prepare<T>(in OpFrame<T> frame, bool backward)
    {
        var product = new Product(frame.InputWidth(0), frame.Width);
        if (!backward) product.PackForward(frame.Input(1), frame.Input(2), frame.Workspace);
        else if (frame.WantsGradient(0)) product.PackBackward(frame.Input(1), frame.Workspace);
    }

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        new Product(frame.InputWidth(0), frame.Width) { FetchesAhead = frame.OutgrowsCache }.Forward(frame.Input(0), frame.Workspace, frame.Output, frame.Rows);
        if (Activation != Activation.Identity) ActivationKernel.Forward(Activation, frame.Output, frame.Output);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var product = new Product(frame.InputWidth(0), frame.Width) { FetchesAhead = frame.OutgrowsCache };
        var dz = frame.OutputGradientScratch;
        if (!frame.IsSlopeTaken) ActivationKernel.ScaleBySlope(Activation, frame.Output, dz);
        product.AddGradients(frame.Input(0), dz, frame.WantsGradient(1) ? frame.InputGradient(1) : [], frame.WantsGradient(2) ? frame.InputGradient(2) : [], frame.Rows);
        if (frame.WantsGradient(0)) product.Backward(dz, frame.Workspace, frame.InputGradient(0), frame.Rows, !frame.IsFresh(0), frame.TakesSlope(0) ? frame.Input(0) : []);
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
