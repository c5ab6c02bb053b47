using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops.Series;

/// <summary>What <see cref="Transform"/> computes.</summary>
public enum TransformKind
{
    /// <summary>−x.</summary>
    Negate,

    /// <summary>|x|.</summary>
    Abs,

    /// <summary>The natural logarithm; 0, with no slope, where x is not above 0.</summary>
    Log,

    /// <summary>e to the power x.</summary>
    Exp,

    /// <summary>√x; 0, with no slope, where x is not above 0.</summary>
    Sqrt,

    /// <summary>x·exp(−x²/4)/0.89, the position map of Baz et al. 2015.</summary>
    Phi,
}

/// <summary>y = f(x) of a series <c>[T·A, 1]</c> or a number <c>[1, 1]</c>, for functions that a network's <see cref="Activate"/> has not.</summary>
/// <param name="kind">f.</param>
public sealed class Transform(TransformKind kind) : Op
{
    private const double PhiScale = 0.89;

    /// <inheritdoc/>
    public override string Name => kind.ToString();

    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => Operands.Broadcast(this, inputs, 1);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var x = frame.Input(0);
        var y = frame.Output;
        for (var row = 0; row < y.Length; row++)
        {
            y[row] = kind switch
            {
                TransformKind.Negate => -x[row],
                TransformKind.Abs => T.Abs(x[row]),
                TransformKind.Log => x[row] > T.Zero ? T.Log(x[row]) : T.Zero,
                TransformKind.Exp => T.Exp(x[row]),
                TransformKind.Sqrt => x[row] > T.Zero ? T.Sqrt(x[row]) : T.Zero,
                _ => x[row] * T.Exp(-x[row] * x[row] * T.CreateTruncating(0.25)) / T.CreateTruncating(PhiScale),
            };
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var x = frame.Input(0);
        var dy = frame.OutputGradient;
        var dx = frame.InputGradient(0);
        for (var row = 0; row < dy.Length; row++)
        {
            dx[row] += dy[row] * kind switch
            {
                TransformKind.Negate => -T.One,
                TransformKind.Abs => T.CreateTruncating(T.Sign(x[row])),
                TransformKind.Log => x[row] > T.Zero ? T.One / x[row] : T.Zero,
                TransformKind.Exp => T.Exp(x[row]),
                TransformKind.Sqrt => x[row] > T.Zero ? T.CreateTruncating(0.5) / T.Sqrt(x[row]) : T.Zero,
                _ => (T.One - x[row] * x[row] * T.CreateTruncating(0.5)) * T.Exp(-x[row] * x[row] * T.CreateTruncating(0.25)) / T.CreateTruncating(PhiScale),
            };
        }
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        var x = onnx.Input(0);
        switch (kind)
        {
            case TransformKind.Negate: onnx.Node("Neg", [x], onnx.Output); break;
            case TransformKind.Abs: onnx.Node("Abs", [x], onnx.Output); break;
            case TransformKind.Exp: onnx.Node("Exp", [x], onnx.Output); break;
            case TransformKind.Sqrt: onnx.Node("Sqrt", [onnx.Node("Max", [x, onnx.Scalar(0)])], onnx.Output); break;
            case TransformKind.Log:
                var isDefined = onnx.Node("Greater", [x, onnx.Scalar(0)]);
                onnx.Node("Log", [onnx.Node("Where", [isDefined, x, onnx.Scalar(1)])], onnx.Output);
                break;
            default:
                var bell = onnx.Node("Exp", [onnx.Node("Mul", [onnx.Node("Mul", [x, x]), onnx.Scalar(-0.25f)])]);
                onnx.Node("Div", [onnx.Node("Mul", [x, bell]), onnx.Number(PhiScale)], onnx.Output);
                break;
        }
    }
}
