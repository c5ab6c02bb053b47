using System.Numerics;

namespace QuantGrad.Autodiff;

/// <summary>What an op sees while it runs: its inputs, its output and their gradients, for a block of rows or for the whole.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct OpFrame<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Plan<T> plan;
    private readonly Node node;

    internal OpFrame(Plan<T> plan, Node node, int firstRow, int rows)
    {
        this.plan = plan;
        this.node = node;
        FirstRow = firstRow;
        Rows = rows;
    }

    /// <summary>The first row of the block, counted in the output's rows.</summary>
    public int FirstRow { get; }

    /// <summary>The first row of the block, counted in the whole series, of which the plan may hold a part (<see cref="Plan{T}.RowsBefore"/>).</summary>
    public long SeriesRow => plan.RowsBefore + FirstRow;

    /// <summary>The number of output rows in the block.</summary>
    public int Rows { get; }

    /// <summary>T and A of the plan.</summary>
    public PlanSize Size => plan.Size;

    /// <summary>Whether the plan is in a training step (dropout is on) or evaluates.</summary>
    public bool Training => plan.Training;

    /// <summary>A number that differs from step to step and node to node; the only source of randomness of an op (mixed with the row).</summary>
    public ulong Seed => plan.StepSeed ^ ((ulong)node.Index * 0x9E3779B97F4A7C15UL);

    /// <summary>The output's width.</summary>
    public int Width => node.Shape.Width;

    /// <summary>The number of inputs.</summary>
    public int InputCount => node.Inputs.Count;

    /// <summary>The width of an input.</summary>
    public int InputWidth(int input) => node.Inputs[input].Shape.Width;

    /// <summary>The values of an input: the block's rows where it has a row for each output row, else all of it.</summary>
    public ReadOnlySpan<T> Input(int input) => plan.Values(node.Inputs[input], node, FirstRow, Rows);

    /// <summary>The output's values.</summary>
    public Span<T> Output => plan.Values(node, node, FirstRow, Rows);

    /// <summary>What Forward keeps for Backward, of <see cref="Op.StateShape"/>; the block's rows where it has a row for each output row, else all of it.</summary>
    public Span<T> State => plan.State(node, FirstRow, Rows);

    /// <summary>Whether the plan's values outgrow the caches, so that those of a block come from memory.</summary>
    internal bool OutgrowsCache => plan.OutgrowsCache;

    /// <summary>Scratch that lives as long as the plan (<see cref="Op.WorkspaceLength"/>), aligned to a cache line.</summary>
    internal Span<T> Workspace => plan.Workspace(node);

    /// <summary>Whether the gradient of an input is needed.</summary>
    public bool WantsGradient(int input) => plan.HasGradient(node.Inputs[input]);

    /// <summary>The gradient of an input, to add to; the same rows as <see cref="Input"/>.</summary>
    public Span<T> InputGradient(int input) => plan.Gradients(node.Inputs[input], node, FirstRow, Rows);

    /// <summary>The gradient of the output.</summary>
    public ReadOnlySpan<T> OutputGradient => plan.Gradients(node, node, FirstRow, Rows);

    /// <summary>The gradient of the output as the op's own scratch: nothing reads it after the op's backward step.</summary>
    internal Span<T> OutputGradientScratch => plan.GradientScratch(node, FirstRow, Rows);

    /// <summary>Whether the gradient of an input holds nothing yet and is to be written, not added to (<see cref="Op.WritesFreshGradients"/>).</summary>
    internal bool IsFresh(int input) => plan.IsFresh(node, input);

    /// <summary>Whether an input is a dense layer whose gradient this op is to multiply by the slope of its tanh.</summary>
    internal bool TakesSlope(int input) => plan.IsSlopeTaken(node.Inputs[input]);

    /// <summary>Whether the output's gradient already holds the slope of this layer's tanh.</summary>
    internal bool IsSlopeTaken => plan.IsSlopeTaken(node);
}
