using System.Numerics;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>
/// The products of a recurrent layer: gates from the step's input by Wx <c>[inputs, gates]</c> and from the state before by Wh <c>[hidden, gates]</c>, with the
/// weights rearranged in the op's workspace and room behind them for a step's scratch.
/// </summary>
internal readonly struct Recurrence(int inputs, int hidden, int gates)
{
    private Product FromInput => new(inputs, gates);

    private Product FromState => new(hidden, gates);

    private static int Padded(int count) => (count + 31) / 16 * 16;

    /// <summary>Values of workspace, with <paramref name="scratch"/> pieces of so many values each.</summary>
    internal int WorkspaceLength(params ReadOnlySpan<int> scratch)
    {
        var length = Padded(Product.PackedLength(inputs, gates)) + Padded(Product.PackedLength(hidden, gates));
        foreach (var count in scratch) length += Padded(count);
        return length;
    }

    /// <summary>A piece of scratch: the one that begins after <paramref name="before"/> values of other scratch, each padded.</summary>
    internal Span<T> Scratch<T>(Span<T> workspace, int count, params ReadOnlySpan<int> before) => workspace.Slice(WorkspaceLength(before), count);

    internal void Pack<T>(ReadOnlySpan<T> wx, ReadOnlySpan<T> bx, ReadOnlySpan<T> wh, ReadOnlySpan<T> bh, Span<T> workspace, bool backward)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (backward)
        {
            FromInput.PackBackward(wx, workspace);
            FromState.PackBackward(wh, State(workspace));
        }
        else
        {
            FromInput.PackForward(wx, bx, workspace);
            FromState.PackForward(wh, bh, State(workspace));
        }
    }

    /// <summary>z = x·Wx + bx.</summary>
    internal void Input<T>(ReadOnlySpan<T> x, Span<T> workspace, Span<T> z, int rows) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        FromInput.Forward(x, workspace, z, rows);

    /// <summary>z += h·Wh, or z = h·Wh + bh.</summary>
    internal void State<T>(ReadOnlySpan<T> h, Span<T> workspace, Span<T> z, int rows, bool add) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        FromState.Forward(h, State(workspace), z, rows, add ? TileEnd.Add : TileEnd.StoreWithBias);

    /// <summary>dx += dz·Wxᵀ.</summary>
    internal void AddInputGradient<T>(ReadOnlySpan<T> dz, Span<T> workspace, Span<T> dx, int rows) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        FromInput.Backward(dz, workspace, dx, rows, add: true);

    /// <summary>dh = or += dz·Whᵀ.</summary>
    internal void StateGradient<T>(ReadOnlySpan<T> dz, Span<T> workspace, Span<T> dh, int rows, bool add) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        FromState.Backward(dz, State(workspace), dh, rows, add);

    internal void AddInputWeights<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dw, Span<T> db, int rows) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        FromInput.AddGradients(x, dz, dw, db, rows);

    internal void AddStateWeights<T>(ReadOnlySpan<T> h, ReadOnlySpan<T> dz, Span<T> dw, Span<T> db, int rows) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        FromState.AddGradients(h, dz, dw, db, rows);

    private Span<T> State<T>(Span<T> workspace) => workspace[Padded(Product.PackedLength(inputs, gates))..];
}
