using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Autodiff.Optimizers;

namespace QuantGrad.Diagnosing;

/// <summary>Whether the gradient comes through to the first layer, in one number and in words.</summary>
/// <param name="Ratio">
/// ‖∂L/∂h‖ over the rows, h the outputs of the first hidden layer, over that of the last hidden layer: the median of five places along the descent. (The weights' own
/// gradients tell less: a Sharpe ratio does not care for scale, so that those of the last layers may cancel out.) NaN with fewer than two hidden layers.
/// </param>
/// <param name="Verdict"><c>stuck</c> (the descent has come to where no gradient is), <c>vanishing</c>, <c>exploding</c> or <c>flows</c>.</param>
/// <param name="Text">The verdict in words.</param>
/// <param name="Cures">What would cure it, each in words; empty where nothing is ill.</param>
internal sealed record GradientFlow(double Ratio, string Verdict, string Text, string[] Cures)
{
    /// <summary>Below this ratio, or above its inverse, the layers do not learn together.</summary>
    public const double Limit = 1e-3;

    private const double MuchSaturation = 0.5, AllSaturation = 0.95, NoGradient = 1e-6;

    /// <summary>Judges a descent.</summary>
    public static GradientFlow Of(DiagnosisGround ground, DescentTrace trace)
    {
        var loss = ground.Loss();
        var layers = new NetworkLayers(loss.Graph.Graph);
        if (Stuck(layers, trace) is { } stuck) return stuck;
        if (layers.Weighted.Length < 2) return new GradientFlow(double.NaN, "flows", "With fewer than two hidden layers no gradient has a way on which it could vanish.", []);
        var (first, last) = (layers.Weighted[0], layers.Weighted[^1]);
        var ratio = Attenuation(ground, trace, layers.Names[first], layers.Names[last]);
        if (double.IsNaN(ratio)) return new GradientFlow(double.NaN, "vanishing", "No gradient reached the hidden layers at all.", CuresFor(layers, trace, first));
        var between = FormattableString.Invariant($"the error that arrives at {layers.Names[first]} is {ratio:g2} times that at {layers.Names[last]}");
        return ratio switch
        {
            < Limit => new GradientFlow(ratio, "vanishing", $"The gradient vanishes on its way: {between}. The first layers hardly learn.", CuresFor(layers, trace, first)),
            > 1 / Limit => new GradientFlow(ratio, "exploding", $"The gradient explodes on its way: {between}. The first layers are thrown about.",
                ["clip the gradient (training.gradient_clip)", "smaller first weights (initialization: xavier or orthogonal)", "{layer_norm: 1e-5} behind the layers", "fewer layers"]),
            _ => new GradientFlow(ratio, "flows", $"The gradient flows through: {between}.", []),
        };
    }

    /// <summary>A descent that ran to where nothing has a slope: the positions all at their ends, or no gradient left of what there was.</summary>
    private static GradientFlow? Stuck(NetworkLayers layers, DescentTrace trace)
    {
        if (trace.Objective.Length == 0) return null;
        double Norm(int epoch) => Math.Sqrt(trace.Norms.Sum(layer => layer[epoch] * layer[epoch]));
        var (last, most) = (Norm(trace.Objective.Length - 1), Enumerable.Range(0, trace.Objective.Length).Max(Norm));
        var (before, share) = (trace.Saturation[^1][0], trace.Saturation[^1][^1]); // the head's
        var isDriven = before < MuchSaturation && share > AllSaturation;
        if (!isDriven && last > NoGradient * most) return null;
        var ends = isDriven ? FormattableString.Invariant($"; it has driven {100 * share:f0}% of the positions to their ends, where they have no slope") : "";
        var cures = new List<string> { "a smaller learning rate (see the range test)", "training.gradient_clip: 1" };
        if (layers.Weighted.Any(layer => layers.ActivationAt(layer) == Activation.Relu)) cures.Add("activation: leaky_relu or gelu, whose units do not die");
        return new GradientFlow(double.NaN, "stuck", FormattableString.Invariant($"The descent is stuck: the gradient's norm is {last:g2} at the end and was {most:g2} at most{ends}."), [.. cures]);
    }

    private static double Attenuation(DiagnosisGround ground, DescentTrace trace, string first, string last)
    {
        var graph = ground.Compile();
        Node Output(string layer) => graph.Graph.Nodes.Single(node => string.Equals(node.Name, $"member0.{layer}", StringComparison.Ordinal));
        var (near, far) = (Output(last), Output(first));
        var plan = ground.Keeping(graph, [near, far]);
        var ratios = new List<double>();
        for (var place = 0; place <= 4; place++)
        {
            var weights = trace.Path[(trace.Path.Length - 1) * place / 4];
            for (var i = 0; i < weights.Length; i++) plan.Parameters[i] = weights[i];
            plan.Forward();
            plan.Backward(graph.Loss);
            var norm = GradientNorm.Of<double>(plan.Gradient(near));
            if (norm > 0) ratios.Add(GradientNorm.Of<double>(plan.Gradient(far)) / norm);
        }

        ratios.Sort();
        return ratios.Count == 0 ? double.NaN : ratios[ratios.Count / 2];
    }

    private static string[] CuresFor(NetworkLayers layers, DescentTrace trace, int first)
    {
        var activation = layers.ActivationAt(first);
        var cures = new List<string>();
        if (activation == Activation.Sigmoid) cures.Add("activation: relu (or gelu, tanh) in place of sigmoid, whose slope is at most 1/4 a layer; weights then begin by He's rule");
        if (activation == Activation.Tanh && trace.Saturation[first].Any(share => share > MuchSaturation)) cures.Add("activation: relu or gelu in place of tanh, which is saturated");
        if (activation is Activation.Relu && trace.Saturation[first][^1] > MuchSaturation) cures.Add("activation: leaky_relu or gelu, since most units are dead");
        cures.AddRange(["skip connections ({residual: N} in place of {dense: N})", "{layer_norm: 1e-5} behind the layers", "fewer layers"]);
        return [.. cures];
    }
}
