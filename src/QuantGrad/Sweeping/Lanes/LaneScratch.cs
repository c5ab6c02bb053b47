namespace QuantGrad.Sweeping.Lanes;

/// <summary>The values of one block, which the groups of a thread use in turn so that they stay in the first cache.</summary>
internal sealed unsafe class LaneScratch
{
    private readonly double* slots;

    /// <summary>Room for a rule's instructions and a market's symbols; numbers are there from the beginning.</summary>
    public LaneScratch(HardRule rule, int assets, LaneMemory space)
    {
        const int Block = LaneProgram.BlockBars * LaneProgram.MostLanes;
        slots = space.Take(rule.Steps.Length * Block);
        for (var index = 0; index < rule.Steps.Length; index++)
            if (rule.Steps[index] is { Op: RuleOp.Constant, Steady: { Parameters: [] } number }) new Span<double>(Slot(index), Block).Fill(number.At([]));
        Signals = new double*[assets];
        for (var asset = 0; asset < assets; asset++) Signals[asset] = space.Take(Block);
    }

    /// <summary>Each symbol's signals of the present block, <c>[own bars, lanes]</c>.</summary>
    public double*[] Signals { get; }

    /// <summary>One lane's values.</summary>
    public double[] Series { get; } = new double[LaneProgram.BlockBars];

    /// <summary>One lane's figures.</summary>
    public double[] Figures { get; } = new double[LaneProgram.BlockBars];

    /// <summary>The values of an instruction, <c>[bars, lanes]</c>.</summary>
    public double* Slot(int index) => slots + index * LaneProgram.BlockBars * LaneProgram.MostLanes;
}
