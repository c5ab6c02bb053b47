using System.Numerics;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff;

/// <summary>
/// One operation: its shape rule, its value, its gradient and its ONNX node, together in one file. An op holds settings only
/// (a width, an ε), never data; all data comes in through its inputs, so that one op object serves any number of plans and threads.
/// </summary>
public abstract class Op
{
    /// <summary>The name shown in messages and tables.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>
    /// True where output row i depends on row i of the per-row inputs (and on fixed inputs) alone: such ops are run block of rows by block
    /// of rows while the block is in the cache. False where the op needs the whole series (accounting, Sharpe, recurrences).
    /// </summary>
    public abstract bool IsRowWise { get; }

    /// <summary>Whether the output depends on <see cref="OpFrame{T}.Seed"/>.</summary>
    public virtual bool IsRandom => false;

    /// <summary>The shape of the output, or a <see cref="GraphException"/> that says which input does not fit.</summary>
    public abstract Shape OutputShape(ReadOnlySpan<Shape> inputs);

    /// <summary>
    /// What Forward keeps for Backward beside the output (LSTM gates, the portfolio held before each trade), <see cref="OpFrame{T}.State"/>;
    /// null where the output and the inputs are enough.
    /// </summary>
    public virtual Shape? StateShape(ReadOnlySpan<Shape> inputs) => null;

    /// <summary>Writes the output's values.</summary>
    public abstract void Forward<T>(in OpFrame<T> frame) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Adds to the gradient of each input that wants one (<see cref="OpFrame{T}.WantsGradient"/>), from the output's gradient.</summary>
    public abstract void Backward<T>(in OpFrame<T> frame) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// Whether Backward writes the gradients for which <see cref="OpFrame{T}.IsFresh"/> is true instead of adding to them, which saves setting them to zero.
    /// </summary>
    internal virtual bool WritesFreshGradients => false;

    /// <summary>
    /// Whether the output at one step depends on other steps: a model with such an op is exported with a time dimension, <c>[batch, time, F]</c>.
    /// </summary>
    public virtual bool LooksAlongTime => !IsRowWise;

    /// <summary>Values of scratch that the op needs in a plan, <see cref="OpFrame{T}.Workspace"/>: rearranged weights, a step's gates.</summary>
    internal virtual int WorkspaceLength(ReadOnlySpan<Shape> inputs, PlanSize size) => 0;

    /// <summary>Done once a pass before the blocks, with the whole as its frame: rearranging weights for the kernels.</summary>
    internal virtual void Prepare<T>(in OpFrame<T> frame, bool backward) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
    }

    /// <summary>Whether the op's ONNX form reads an input; one that no op reads is no input of the exported model.</summary>
    public virtual bool IsReadByOnnx(int input) => true;

    /// <summary>Writes the op's ONNX nodes; an op that leaves this as it is has no ONNX form and is refused by name.</summary>
    /// <exception cref="GraphException">The op has no ONNX form.</exception>
    public virtual void WriteOnnx(OnnxNodeWriter onnx) => throw new GraphException($"{onnx.Source}: the op {Name} has no ONNX form; export a node before it.");
}

/// <summary>A graph that cannot be: an input of the wrong shape, a name twice, an op without an ONNX form.</summary>
/// <param name="message">Which node, what was found and what was expected.</param>
public sealed class GraphException(string message) : Exception(message);
