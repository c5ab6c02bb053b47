using System.Numerics;

namespace QuantGrad.Autodiff.Ops.Series;

/// <summary>An input of a formula over series: a value a row, or one number for all rows.</summary>
/// <param name="values">The values; one stands for every row.</param>
internal readonly ref struct Operand<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> values = values;
    private readonly int stride = values.Length == 1 ? 0 : 1;

    /// <summary>The value of a row.</summary>
    public T this[int row] => values[row * stride];

    /// <summary>The values of as many rows as a vector has.</summary>
    public Vector<T> Vector(int row) => stride == 0 ? new Vector<T>(values[0]) : new Vector<T>(values[row..]);
}

/// <summary>The gradient of an <see cref="Operand{T}"/>; nothing is added where none is wanted.</summary>
/// <param name="values">The gradient; empty where none is wanted.</param>
internal readonly ref struct OperandGradient<T>(Span<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Span<T> values = values;
    private readonly int stride = values.Length == 1 ? 0 : 1;

    /// <summary>Adds to a row's gradient.</summary>
    public void Add(int row, T value)
    {
        if (!values.IsEmpty) values[row * stride] += value;
    }

    /// <summary>Adds to the gradient of as many rows as a vector has.</summary>
    public void Add(int row, Vector<T> value)
    {
        if (values.IsEmpty) return;
        if (stride == 0) values[0] += Vector.Sum(value);
        else (new Vector<T>(values[row..]) + value).CopyTo(values[row..]);
    }
}

/// <summary>Operands and shapes of the ops over series.</summary>
internal static class Operands
{
    /// <summary>An input's values by row.</summary>
    internal static Operand<T> Operand<T>(this in OpFrame<T> frame, int input) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(frame.Input(input));

    /// <summary>Where an input's gradient goes.</summary>
    internal static OperandGradient<T> OperandGradient<T>(this in OpFrame<T> frame, int input) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(frame.WantsGradient(input) ? frame.InputGradient(input) : []);

    /// <summary>The shape of a formula of some operands (each a number <c>[1, 1]</c> or a series <c>[T·A, 1]</c>) and some settings <c>[1, 1]</c> after them.</summary>
    internal static Shape Broadcast(Op op, ReadOnlySpan<Shape> inputs, int operands, int settings = 0)
    {
        ShapeRule.Expect(op, inputs, operands + settings);
        var result = Shape.Scalar;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] == Shape.Scalar) continue;
            if (i >= operands || inputs[i] != Shape.PerRow(1)) throw new GraphException($"{op.Name}: input {i} has the shape {inputs[i]}, expected {Shape.Scalar}{(i < operands ? $" or {Shape.PerRow(1)}" : "")}.");
            result = inputs[i];
        }

        return result;
    }
}
