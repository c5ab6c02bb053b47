using System.Buffers;
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
public sealed class LookBack(WindowKind kind, int longest) : Op
{
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

    internal override int WorkspaceLength(ReadOnlySpan<Shape> inputs, PlanSize size) => 4 * size.Steps + WindowStatistic<double>.WorkLength(size.Steps);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var (steps, assets) = (frame.Size.Steps, frame.Size.Assets);
        Span<WindowWeight> candidates = stackalloc WindowWeight[MostCandidates];
        var places = ArrayPool<int>.Shared.Rent(2 * steps);
        var column = frame.Workspace[..steps];
        var value = frame.Workspace.Slice(steps, steps);
        for (var asset = 0; asset < assets; asset++)
        {
            Gather(frame.Input(0), asset, assets, column);
            var statistic = new WindowStatistic<T>(kind, column, frame.Workspace[(4 * steps)..], places);
            statistic.Prepare();
            var count = Candidates(frame, asset, candidates);
            for (var i = 0; i < count; i++)
            {
                statistic.Forward(candidates[i].Bars, value);
                var weight = T.CreateTruncating(candidates[i].Weight);
                for (var t = 0; t < steps; t++) frame.Output[t * assets + asset] = i == 0 ? weight * value[t] : frame.Output[t * assets + asset] + weight * value[t];
            }
        }

        ArrayPool<int>.Shared.Return(places);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var (steps, assets) = (frame.Size.Steps, frame.Size.Assets);
        Span<WindowWeight> candidates = stackalloc WindowWeight[MostCandidates];
        var places = ArrayPool<int>.Shared.Rent(2 * steps);
        var column = frame.Workspace[..steps];
        var value = frame.Workspace.Slice(steps, steps);
        var gradient = frame.Workspace.Slice(2 * steps, steps);
        var dColumn = frame.Workspace.Slice(3 * steps, steps);
        var dn = frame.OperandGradient(1);
        for (var asset = 0; asset < assets; asset++)
        {
            Gather(frame.Input(0), asset, assets, column);
            Gather(frame.OutputGradient, asset, assets, gradient);
            dColumn.Clear();
            var statistic = new WindowStatistic<T>(kind, column, frame.Workspace[(4 * steps)..], places);
            statistic.Prepare();
            var count = Candidates(frame, asset, candidates);
            for (var i = 0; i < count; i++)
            {
                if (frame.WantsGradient(0)) statistic.Adjoint(candidates[i].Bars, T.CreateTruncating(candidates[i].Weight), gradient, dColumn);
                if (!frame.WantsGradient(1) || candidates[i].Slope == 0) continue;
                statistic.Forward(candidates[i].Bars, value);
                var sum = T.Zero;
                for (var t = 0; t < steps; t++) sum += gradient[t] * value[t];
                dn.Add(asset, sum * T.CreateTruncating(candidates[i].Slope));
            }

            if (!frame.WantsGradient(0)) continue;
            for (var t = 0; t < steps; t++) frame.InputGradient(0)[t * assets + asset] += dColumn[t];
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

    private static void Gather<T>(ReadOnlySpan<T> rows, int asset, int assets, Span<T> column)
    {
        for (var t = 0; t < column.Length; t++) column[t] = rows[t * assets + asset];
    }
}
