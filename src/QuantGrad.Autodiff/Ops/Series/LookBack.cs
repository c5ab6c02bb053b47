using System.Buffers;
using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops.Series;

/// <summary>
/// A statistic of the newest n values whose look-back n can be trained: a mixture over whole look-backs k around n, Σ w_k·f_k(x), with weights
/// w_k ∝ 1 + cos(π(k − n)/s) for |k − n| &lt; s that sharpens with the temperature (s = max(1, temperature·n/2)) to the two neighbours of n, and at temperature 0 to
/// the one nearest to n. Inputs: x <c>[T·A, 1]</c>; n, a number <c>[1, 1]</c> or one a row, constant in time; temperature <c>[1, 1]</c>, a setting. The gradient by n runs
/// through the weights, the gradient by x through every statistic; both O(T) for each of at most <see cref="MostCandidates"/> look-backs.
/// </summary>
/// <param name="kind">The statistic.</param>
/// <param name="longest">The longest look-back, at least 1.</param>
/// <param name="isGiven">Whether x is data that seldom changes from pass to pass, so that it is worth keeping what was computed of it.</param>
public sealed class LookBack(WindowKind kind, int longest, bool isGiven = false) : Op
{
    /// <summary>Values kept by one op in one plan at most: 64 MB in double.</summary>
    private const long MostKept = 8_000_000;

    /// <summary>Look-backs in a mixture; wider ones take every second, fourth … look-back.</summary>
    public const int MostCandidates = 17;

    /// <summary>A variance below this share of the squared level is rounding, and taken as 0.</summary>
    internal const double FlatVariance = 1e-14;

    /// <inheritdoc/>
    public override string Name => kind.ToString();

    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        if (longest < 1) throw new GraphException($"{Name}: the longest look-back is {longest}, expected at least 1.");
        Operands.Broadcast(this, inputs, 2, settings: 1);
        ShapeRule.Expect(this, "the series", inputs[0], Shape.PerRow(1));
        return inputs[0];
    }

    internal override int WorkspaceLength(ReadOnlySpan<Shape> inputs, PlanSize size) => LookBackStore<double>.Length(size, Kept(size));

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        Span<WindowWeight> candidates = stackalloc WindowWeight[MostCandidates];
        var places = ArrayPool<int>.Shared.Rent(2 * frame.Size.Steps);
        var store = new LookBackStore<T>(kind, frame.Size, Kept(frame.Size), frame.Workspace, places);
        for (var asset = 0; asset < frame.Size.Assets; asset++)
        {
            store.Take(frame.Input(0), asset);
            var sum = store.Sum;
            sum.Clear();
            var count = Candidates(frame, asset, candidates);
            for (var i = 0; i < count; i++) Spans.AddScaled(T.CreateTruncating(candidates[i].Weight), store.Statistic(candidates[i].Bars), sum);
            store.Put(sum, asset, frame.Output, add: false);
        }

        ArrayPool<int>.Shared.Return(places);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        Span<WindowWeight> candidates = stackalloc WindowWeight[MostCandidates];
        var places = ArrayPool<int>.Shared.Rent(2 * frame.Size.Steps);
        var store = new LookBackStore<T>(kind, frame.Size, Kept(frame.Size), frame.Workspace, places);
        var dn = frame.OperandGradient(1);
        for (var asset = 0; asset < frame.Size.Assets; asset++)
        {
            store.Take(frame.Input(0), asset);
            var gradient = store.TakeGradient(frame.OutputGradient, asset);
            var dx = store.Sum;
            dx.Clear();
            var count = Candidates(frame, asset, candidates);
            for (var i = 0; i < count; i++)
            {
                if (frame.WantsGradient(0)) store.Adjoint(candidates[i].Bars, T.CreateTruncating(candidates[i].Weight), gradient, dx);
                if (frame.WantsGradient(1) && candidates[i].Slope != 0) dn.Add(asset, Spans.Dot(gradient, store.Statistic(candidates[i].Bars)) * T.CreateTruncating(candidates[i].Slope));
            }

            if (frame.WantsGradient(0)) store.Put(dx, asset, frame.InputGradient(0), add: true);
        }

        ArrayPool<int>.Shared.Return(places);
    }

    /// <inheritdoc/>
    public override bool IsReadByOnnx(int input) => input < 2;

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        Span<WindowWeight> candidates = stackalloc WindowWeight[MostCandidates];
        if (onnx.Source.Inputs[1].Shape != Shape.Scalar)
        {
            if (onnx.Source.Inputs[1] is not { Op: Lookup } looked) throw new GraphException($"{onnx.Source}: a look-back that differs from row to row has no ONNX form, unless it is looked up in a table.");
            LookBackOnnx.Write(onnx, kind, LookBackOnnx.ByRow(onnx, looked, longest));
            return;
        }

        var count = WindowWeight.Mixture(onnx.InputNumbers(1)[0], onnx.InputNumbers(2)[0], longest, candidates);
        LookBackOnnx.Write(onnx, kind, [.. candidates[..count].ToArray().Select(candidate => (candidate.Bars, onnx.Number(candidate.Weight)))]);
    }

    private int Candidates<T>(in OpFrame<T> frame, int asset, Span<WindowWeight> candidates) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        WindowWeight.Mixture(double.CreateTruncating(frame.Operand(1)[asset]), double.CreateTruncating(frame.Input(2)[0]), longest, candidates);

    /// <summary>Look-backs whose statistics are kept from pass to pass, 0 for none: those of given data that fit into memory, which descent asks for again and again.</summary>
    private int Kept(PlanSize size) => isGiven && (long)longest * size.Rows <= MostKept ? longest : 0;
}
