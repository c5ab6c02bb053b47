using System.Numerics;
using QuantGrad.Autodiff;

namespace QuantGrad.Accounting;

/// <summary>
/// <see cref="PortfolioAccounting"/> as an op. Inputs: targets <c>[T·A, 1]</c>, decided, gap, hold (the same shape), initial <c>[A, 1]</c>,
/// costs <c>[1, 3]</c> = κ, β, ε. Output <c>[T, 4]</c> = net, gross, cost, turnover. No ONNX form: an exported model ends before it.
/// </summary>
internal sealed class AccountingOp : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        if (inputs.Length != 6) throw new GraphException($"The accounting takes 6 inputs (targets, decided, gap, hold, initial, costs), found {inputs.Length}.");
        for (var input = 0; input < 4; input++)
            if (inputs[input] != Shape.PerRow(1)) throw new GraphException($"The accounting's input {input} must be {Shape.PerRow(1)}, found {inputs[input]}.");
        if (inputs[4] != Shape.PerAsset(1)) throw new GraphException($"The accounting's initial weights must be {Shape.PerAsset(1)}, found {inputs[4]}.");
        if (inputs[5] != Shape.Fixed(1, 3)) throw new GraphException($"The accounting's costs must be {Shape.Fixed(1, 3)}, found {inputs[5]}.");
        return Shape.PerStep(PortfolioAccounting.Columns);
    }

    /// <inheritdoc/>
    public override Shape? StateShape(ReadOnlySpan<Shape> inputs) => Shape.PerRow(PortfolioAccounting.StateWidth);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var market = Inputs(frame);
        if (VectorAccounting.Takes<T>(market.Assets)) VectorAccounting.Forward(market, frame.Output, frame.State);
        else PortfolioAccounting.Forward(market, frame.Output, frame.State);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        var market = Inputs(frame);
        Span<T> held = market.Assets <= 2048 ? stackalloc T[2 * market.Assets] : new T[2 * market.Assets];
        if (VectorAccounting.Takes<T>(market.Assets)) VectorAccounting.Backward(market, frame.Output, frame.State, frame.OutputGradient, frame.InputGradient(0), held);
        else PortfolioAccounting.Backward(market, frame.Output, frame.State, frame.OutputGradient, frame.InputGradient(0), held);
    }

    private static AccountingInputs<T> Inputs<T>(in OpFrame<T> frame) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var costs = frame.Input(5);
        return new AccountingInputs<T>
        {
            Assets = frame.Size.Assets,
            Targets = frame.Input(0),
            Decided = frame.Input(1),
            Gap = frame.Input(2),
            Hold = frame.Input(3),
            Initial = frame.Input(4),
            CostFraction = costs[0],
            BorrowPerBar = costs[1],
            Epsilon = costs[2],
        };
    }
}
