using System.Numerics;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops.Series;

/// <summary>What <see cref="Arithmetic"/> computes.</summary>
public enum ArithmeticKind
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a − b.</summary>
    Subtract,

    /// <summary>a·b.</summary>
    Multiply,

    /// <summary>a/b; 0, with no slope, where b is 0.</summary>
    Divide,

    /// <summary>a to the power b; 0, with no slope, where that is no number (a root of a negative number, 0 to a negative power). A slope without bound, a root's at 0, is taken as 0.</summary>
    Power,
}

/// <summary>a and b joined row by row. Each is a series <c>[T·A, 1]</c> or a number <c>[1, 1]</c>; the result is a series where one of them is.</summary>
/// <param name="kind">How they are joined.</param>
public sealed class Arithmetic(ArithmeticKind kind) : Op
{
    private interface IFormula<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        static abstract bool HasVectors { get; }

        static abstract T Value(T a, T b);

        static abstract Vector<T> Value(Vector<T> a, Vector<T> b);

        static abstract (T A, T B) Slopes(T a, T b);

        static abstract (Vector<T> A, Vector<T> B) Slopes(Vector<T> a, Vector<T> b);
    }

    /// <inheritdoc/>
    public override string Name => kind.ToString();

    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => Operands.Broadcast(this, inputs, 2);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        switch (kind)
        {
            case ArithmeticKind.Add: Forward<T, Sum<T>>(frame); break;
            case ArithmeticKind.Subtract: Forward<T, Difference<T>>(frame); break;
            case ArithmeticKind.Multiply: Forward<T, Product<T>>(frame); break;
            case ArithmeticKind.Divide: Forward<T, Ratio<T>>(frame); break;
            default: Forward<T, Power<T>>(frame); break;
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        switch (kind)
        {
            case ArithmeticKind.Add: Backward<T, Sum<T>>(frame); break;
            case ArithmeticKind.Subtract: Backward<T, Difference<T>>(frame); break;
            case ArithmeticKind.Multiply: Backward<T, Product<T>>(frame); break;
            case ArithmeticKind.Divide: Backward<T, Ratio<T>>(frame); break;
            default: Backward<T, Power<T>>(frame); break;
        }
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        if (kind == ArithmeticKind.Power)
        {
            var power = onnx.Node("Pow", onnx.Inputs);
            // What is not a number is not less than infinity either.
            var isFinite = onnx.Node("Less", [onnx.Node("Abs", [power]), onnx.Scalar(float.PositiveInfinity)]);
            onnx.Node("Where", [isFinite, power, onnx.Scalar(0)], onnx.Output);
            return;
        }

        if (kind != ArithmeticKind.Divide)
        {
            onnx.Node(kind switch { ArithmeticKind.Add => "Add", ArithmeticKind.Subtract => "Sub", _ => "Mul" }, onnx.Inputs, onnx.Output);
            return;
        }

        var isZero = onnx.Node("Equal", [onnx.Input(1), onnx.Scalar(0)]);
        var divisor = onnx.Node("Where", [isZero, onnx.Scalar(1), onnx.Input(1)]);
        onnx.Node("Where", [isZero, onnx.Scalar(0), onnx.Node("Div", [onnx.Input(0), divisor])], onnx.Output);
    }

    private static void Forward<T, TFormula>(in OpFrame<T> frame) where T : unmanaged, IBinaryFloatingPointIeee754<T> where TFormula : IFormula<T>
    {
        var a = frame.Operand(0);
        var b = frame.Operand(1);
        var y = frame.Output;
        var row = 0;
        for (; TFormula.HasVectors && row <= y.Length - Vector<T>.Count; row += Vector<T>.Count) TFormula.Value(a.Vector(row), b.Vector(row)).CopyTo(y[row..]);
        for (; row < y.Length; row++) y[row] = TFormula.Value(a[row], b[row]);
    }

    private static void Backward<T, TFormula>(in OpFrame<T> frame) where T : unmanaged, IBinaryFloatingPointIeee754<T> where TFormula : IFormula<T>
    {
        var a = frame.Operand(0);
        var b = frame.Operand(1);
        var dy = frame.OutputGradient;
        var da = frame.OperandGradient(0);
        var db = frame.OperandGradient(1);
        var row = 0;
        for (; TFormula.HasVectors && row <= dy.Length - Vector<T>.Count; row += Vector<T>.Count)
        {
            var upstream = new Vector<T>(dy[row..]);
            var slopes = TFormula.Slopes(a.Vector(row), b.Vector(row));
            da.Add(row, upstream * slopes.A);
            db.Add(row, upstream * slopes.B);
        }

        for (; row < dy.Length; row++)
        {
            var slopes = TFormula.Slopes(a[row], b[row]);
            da.Add(row, dy[row] * slopes.A);
            db.Add(row, dy[row] * slopes.B);
        }
    }

    private readonly struct Sum<T> : IFormula<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool HasVectors => true;

        public static Vector<T> Value(Vector<T> a, Vector<T> b) => a + b;

        public static (Vector<T> A, Vector<T> B) Slopes(Vector<T> a, Vector<T> b) => (Vector<T>.One, Vector<T>.One);

        public static T Value(T a, T b) => a + b;

        public static (T A, T B) Slopes(T a, T b) => (T.One, T.One);
    }

    private readonly struct Difference<T> : IFormula<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool HasVectors => true;

        public static Vector<T> Value(Vector<T> a, Vector<T> b) => a - b;

        public static (Vector<T> A, Vector<T> B) Slopes(Vector<T> a, Vector<T> b) => (Vector<T>.One, -Vector<T>.One);

        public static T Value(T a, T b) => a - b;

        public static (T A, T B) Slopes(T a, T b) => (T.One, -T.One);
    }

    private readonly struct Product<T> : IFormula<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool HasVectors => true;

        public static Vector<T> Value(Vector<T> a, Vector<T> b) => a * b;

        public static (Vector<T> A, Vector<T> B) Slopes(Vector<T> a, Vector<T> b) => (b, a);

        public static T Value(T a, T b) => a * b;

        public static (T A, T B) Slopes(T a, T b) => (b, a);
    }

    private readonly struct Ratio<T> : IFormula<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool HasVectors => true;

        public static Vector<T> Value(Vector<T> a, Vector<T> b) => Defined(b, a / b);

        public static (Vector<T> A, Vector<T> B) Slopes(Vector<T> a, Vector<T> b) => (Defined(b, Vector<T>.One / b), Defined(b, -a / (b * b)));

        public static T Value(T a, T b) => b == T.Zero ? T.Zero : a / b;

        public static (T A, T B) Slopes(T a, T b) => b == T.Zero ? (T.Zero, T.Zero) : (T.One / b, -a / (b * b));

        private static Vector<T> Defined(Vector<T> divisor, Vector<T> value) => Vector.ConditionalSelect(Vector.Equals(divisor, Vector<T>.Zero), Vector<T>.Zero, value);
    }

    private readonly struct Power<T> : IFormula<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool HasVectors => false;

        public static Vector<T> Value(Vector<T> a, Vector<T> b) => throw new NotSupportedException("A power is computed value by value.");

        public static (Vector<T> A, Vector<T> B) Slopes(Vector<T> a, Vector<T> b) => throw new NotSupportedException("A power is computed value by value.");

        public static T Value(T a, T b) => Defined(T.Pow(a, b));

        public static (T A, T B) Slopes(T a, T b) => (Defined(b * T.Pow(a, b - T.One)), a > T.Zero ? Defined(T.Pow(a, b) * T.Log(a)) : T.Zero);

        private static T Defined(T value) => T.IsFinite(value) ? value : T.Zero;
    }
}
