using System.Numerics;
using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>y = f(x), value by value; any shape.</summary>
/// <param name="activation">The nonlinearity.</param>
public sealed class Activate(Activation activation) : Op
{
    /// <summary>The nonlinearity.</summary>
    public Activation Activation { get; } = activation;

    /// <inheritdoc/>
    public override string Name => Activation.ToString();

    /// <inheritdoc/>
    public override bool IsRowWise => true;

    internal override bool WritesFreshGradients => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => ShapeRule.Expect(this, inputs, 1)[0];

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame) => ActivationKernel.Forward(Activation, frame.Input(0), frame.Output);

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (frame.IsFresh(0) && ActivationFormula.SlopeFromValue(Activation))
        {
            frame.OutputGradient.CopyTo(frame.InputGradient(0));
            ActivationKernel.ScaleBySlope(Activation, frame.Output, frame.InputGradient(0));
            return;
        }

        if (frame.IsFresh(0)) frame.InputGradient(0).Clear();
        ActivationKernel.Backward(Activation, frame.Input(0), frame.Output, frame.OutputGradient, frame.InputGradient(0));
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) => WriteOnnx(onnx, Activation, onnx.Input(0), onnx.Output);

    /// <summary>The activation's ONNX nodes from one value to another; for other ops that end in an activation.</summary>
    internal static void WriteOnnx(OnnxNodeWriter onnx, Activation activation, string x, string y)
    {
        switch (activation)
        {
            case Activation.LeakyRelu: onnx.SingleNode("LeakyRelu", x, [], y, OnnxAttribute.Float("alpha", (float)ActivationFormula.LeakySlope)); break;
            case Activation.Gelu:
                var cube = onnx.Node("Mul", [x, onnx.Node("Mul", [x, x])]);
                var inner = onnx.Node("Add", [x, onnx.Node("Mul", [cube, onnx.Scalar((float)ActivationFormula.GeluCubic)])]);
                var tanh = onnx.Node("Tanh", [onnx.Node("Mul", [inner, onnx.Scalar((float)ActivationFormula.GeluScale)])]);
                var gate = onnx.Node("Add", [tanh, onnx.Scalar(1)]);
                onnx.Node("Mul", [onnx.Node("Mul", [x, onnx.Scalar(0.5f)]), gate], y);
                break;
            case Activation.Elu or Activation.Softplus: onnx.SingleNode(activation.ToString(), x, [], y); break;
            default: onnx.Node(activation.ToString(), [x], y); break;
        }
    }
}
