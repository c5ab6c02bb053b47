using System.Runtime.CompilerServices;

namespace QuantGrad.Sweeping.Lanes;

/// <summary>
/// Windows over columns, once for each length: a sweep of three hundred pairs has far fewer lengths than pairs. Made when first asked for, by any thread.
/// </summary>
internal sealed unsafe class WindowColumns : IDisposable
{
    /// <summary>What all lengths may take together; a rule that could need more computes its windows lane by lane.</summary>
    private const long MostBytes = 1L << 29;

    private readonly HardRule rule;
    private readonly SweepMarket market;
    private readonly nint[][] byLength;
    private readonly LaneMemory memory = new();

    public WindowColumns(HardRule rule, SweepMarket market)
    {
        this.rule = rule;
        this.market = market;
        byLength = Array.ConvertAll(rule.Steps, step => IsOverColumn(step) && step.Op != RuleOp.Lag
            ? new nint[(step.Steady!.Longest - step.Steady.Shortest + 1) * market.OwnSteps.Length]
            : []);
        IsKept = byLength.Sum(lengths => lengths.Length / market.OwnSteps.Length * market.OwnSteps.Sum(static own => (long)own.Length)) * sizeof(double) <= MostBytes;
    }

    /// <summary>Whether the windows fit the memory set aside for them.</summary>
    public bool IsKept { get; }

    /// <summary>Whether an instruction is a window over a column, the same for every lane of its length.</summary>
    public bool Has(RuleStep step) => IsOverColumn(step) && (IsKept || step.Op == RuleOp.Lag);

    /// <summary>The address of a window's value at the symbol's first own bar.</summary>
    /// <param name="index">The instruction.</param>
    /// <param name="asset">The symbol.</param>
    /// <param name="length">n.</param>
    public double* Address(int index, int asset, int length)
    {
        var step = rule.Steps[index];
        var column = rule.Steps[step.Operands[0]].Column;
        if (step.Op == RuleOp.Lag) return market.Address(column, asset) - length;
        ref var kept = ref byLength[index][(length - step.Steady!.Shortest) * market.OwnSteps.Length + asset];
        if (Volatile.Read(ref kept) is not 0 and var known) return (double*)known;
        var values = memory.Take(market.OwnSteps[asset].Length);
        Fill(step.Op, length, column, asset, new Span<double>(values, market.OwnSteps[asset].Length));
        // Two threads may both have made it, to the same bits; both stay until the end.
        Volatile.Write(ref kept, (nint)values);
        return values;
    }

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();

    private bool IsOverColumn(RuleStep step) => step.IsWindow && rule.Steps[step.Operands[0]].Op == RuleOp.Column;

    private void Fill(RuleOp op, int length, int column, int asset, Span<double> values)
    {
        if (op == RuleOp.Mean)
        {
            market.Mean(column, asset).Fill(length, values);
            return;
        }

        var window = LaneWindow.Of(op, length);
        window.Reset(length);
        window.Run(market.Column(column, asset), values);
    }
}
