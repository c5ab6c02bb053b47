using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>
/// Market-neutral weights of unit gross exposure at each step: w = d/(Σ√(d² + ε²)) with d = x − mean(x) over the assets that may be held. Where all scores are
/// equal, so are the weights: zero. Inputs: x <c>[T·A, 1]</c> and, if wanted, a mask of 1 and 0. In ONNX the batch is the assets of one step.
/// </summary>
/// <param name="epsilon">ε, which keeps the flat start differentiable; in units of the score.</param>
public sealed class MarketNeutral(double epsilon = 1e-3) : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override bool LooksAlongTime => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => CrossSection.OutputShape(this, inputs);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        for (var first = 0; first < frame.Rows; first += frame.Size.Assets)
        {
            var (mean, gross, _) = Moments(frame, first);
            for (var row = first; row < first + frame.Size.Assets; row++)
                frame.Output[row] = CrossSection.IsHeld(frame, row) ? (frame.Input(0)[row] - mean) / gross : T.Zero;
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        var dx = frame.InputGradient(0);
        for (var first = 0; first < frame.Rows; first += frame.Size.Assets)
        {
            var (mean, gross, held) = Moments(frame, first);
            if (held == 0) continue;
            var (through, total) = (T.Zero, T.Zero); // Σ dy·w, the gradient's way through the gross exposure, and Σ over the assets of dL/dd
            for (var row = first; row < first + frame.Size.Assets; row++) through += frame.OutputGradient[row] * frame.Output[row];
            for (var row = first; row < first + frame.Size.Assets; row++) total += Slope(frame, row, mean, gross, through);
            var share = total / T.CreateTruncating(held);
            for (var row = first; row < first + frame.Size.Assets; row++)
                if (CrossSection.IsHeld(frame, row)) dx[row] += Slope(frame, row, mean, gross, through) - share;
        }
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        var masked = onnx.Inputs.Length == 2;
        var assets = OnnxAttribute.Integers("axes", 0);
        var x = onnx.Input(0);
        var mean = !masked ? onnx.Node("ReduceMean", [x], null, assets)
            : onnx.Node("Div", [Sum(onnx.Node("Mul", [x, onnx.Input(1)])), onnx.Node("Max", [Sum(onnx.Input(1)), onnx.Scalar(1)])]);
        var d = onnx.Node("Sub", [x, mean]);
        if (masked) d = onnx.Node("Mul", [d, onnx.Input(1)]);
        var size = onnx.Node("Sqrt", [onnx.Node("Add", [onnx.Node("Mul", [d, d]), onnx.Scalar((float)(epsilon * epsilon))])]);
        if (masked) size = onnx.Node("Mul", [size, onnx.Input(1)]);
        var gross = Sum(size);
        onnx.Node("Div", [d, masked ? onnx.Node("Max", [gross, onnx.Scalar((float)epsilon)]) : gross], onnx.Output);

        string Sum(string values) => onnx.Node("ReduceSum", [values, onnx.Integers(0)]);
    }

    /// <summary>Scores of one step become weights, all assets held: the op's formula for a server.</summary>
    /// <param name="scores">Scores in, weights out.</param>
    public void Share<T>(Span<T> scores) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var (sum, gross) = (T.Zero, T.Zero);
        foreach (var score in scores) sum += score;
        var mean = sum / T.CreateTruncating(scores.Length);
        foreach (var score in scores) gross += Smooth(score - mean);
        foreach (ref var score in scores) score = (score - mean) / gross;
    }

    /// <summary>The mean score and the gross exposure of a step's held assets, and how many they are.</summary>
    private (T Mean, T Gross, int Held) Moments<T>(in OpFrame<T> frame, int first) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var (sum, held, gross) = (T.Zero, 0, T.Zero);
        for (var row = first; row < first + frame.Size.Assets; row++)
        {
            if (!CrossSection.IsHeld(frame, row)) continue;
            sum += frame.Input(0)[row];
            held++;
        }

        if (held == 0) return (T.Zero, T.One, 0);
        var mean = sum / T.CreateTruncating(held);
        for (var row = first; row < first + frame.Size.Assets; row++)
            if (CrossSection.IsHeld(frame, row)) gross += Smooth(frame.Input(0)[row] - mean);
        return (mean, gross, held);
    }

    private T Slope<T>(in OpFrame<T> frame, int row, T mean, T gross, T through) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        if (!CrossSection.IsHeld(frame, row)) return T.Zero;
        var d = frame.Input(0)[row] - mean;
        return (frame.OutputGradient[row] - through * d / Smooth(d)) / gross;
    }

    private T Smooth<T>(T d) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => T.Sqrt(d * d + T.CreateTruncating(epsilon * epsilon));
}
