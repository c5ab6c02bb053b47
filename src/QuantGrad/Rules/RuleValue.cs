using QuantGrad.Autodiff;

namespace QuantGrad.Rules;

/// <summary>A compiled part of a rule.</summary>
/// <param name="Node">A series <c>[T·A, 1]</c> or a number <c>[1, 1]</c>.</param>
/// <param name="WarmUp">Bars of a symbol before the first value that sees a full look-back.</param>
/// <param name="Memory">Bars before the newest that can still matter (to 1e-7 for averages that never quite forget).</param>
internal readonly record struct RuleValue(Node Node, int WarmUp, int Memory)
{
    /// <summary>What depends on both.</summary>
    public static RuleValue Join(Node node, RuleValue a, RuleValue b) => new(node, Math.Max(a.WarmUp, b.WarmUp), Math.Max(a.Memory, b.Memory));
}

/// <summary>A trained parameter in a graph.</summary>
/// <param name="Parameter">As declared.</param>
/// <param name="Theta">The free number θ that descent moves, or one a symbol.</param>
/// <param name="Box">From θ to the value.</param>
internal sealed record RuleParameterNode(RuleParameter Parameter, Node Theta, Autodiff.Ops.Series.BoxParameter Box);

/// <summary>The usual size of a − b where two things are compared, fitted on the train rows: a temperature is relative to it.</summary>
/// <param name="Scale">The constant.</param>
/// <param name="A">What is compared.</param>
/// <param name="B">With what.</param>
internal sealed record RuleScale(Node Scale, Node A, Node B);
