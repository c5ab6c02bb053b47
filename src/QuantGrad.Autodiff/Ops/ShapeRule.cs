namespace QuantGrad.Autodiff.Ops;

/// <summary>The checks that shape rules share; each failure names the op, what was found and what was expected.</summary>
internal static class ShapeRule
{
    /// <summary>Exactly so many inputs.</summary>
    internal static ReadOnlySpan<Shape> Expect(Op op, ReadOnlySpan<Shape> inputs, int count) => inputs.Length == count
        ? inputs
        : throw new GraphException($"{op.Name} takes {count} input{(count == 1 ? "" : "s")}, found {inputs.Length}.");

    /// <summary>An input of one exact shape.</summary>
    internal static void Expect(Op op, string input, Shape found, Shape expected)
    {
        if (found != expected) throw new GraphException($"{op.Name}: {input} has the shape {found}, expected {expected}.");
    }

    /// <summary>All inputs of one shape, which is returned.</summary>
    internal static Shape AllEqual(Op op, ReadOnlySpan<Shape> inputs)
    {
        if (inputs.IsEmpty) throw new GraphException($"{op.Name} takes at least 1 input, found 0.");
        foreach (var shape in inputs) Expect(op, "an input", shape, inputs[0]);
        return inputs[0];
    }
}
