using QuantGrad.Autodiff.Optimizers;
using QuantGrad.Training;

namespace QuantGrad.Diagnosing;

/// <summary>A descent that was watched, a value an epoch; shorter than asked for where it left the finite numbers.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="Objective">Before the epoch's step, higher is better.</param>
/// <param name="Norms">Gradient norm of each layer, <c>[layer][epoch]</c>.</param>
/// <param name="Saturation">Share of activations that do not learn, <c>[layer][epoch]</c>; NaN for a layer without an activation.</param>
/// <param name="Credit">What each layer's steps took off the loss to first order, −Σ gradient · step, <c>[layer]</c>.</param>
/// <param name="Path">The weights before each step and after the last.</param>
internal sealed record DescentTrace(double Rate, double[] Objective, double[][] Norms, double[][] Saturation, double[] Credit, float[][] Path)
{
    /// <summary>Descends with the strategy's optimiser.</summary>
    /// <param name="ground">Where.</param>
    /// <param name="rate">The learning rate at each epoch, from 0.</param>
    /// <param name="epochs">Steps.</param>
    /// <param name="cancellation">Looked at before each epoch.</param>
    public static DescentTrace Walk(DiagnosisGround ground, Func<int, double> rate, int epochs, CancellationToken cancellation)
    {
        var loss = ground.Loss();
        var layers = new NetworkLayers(loss.Graph.Graph);
        var optimizer = ground.Strategy.Training.ToOptimizer().Build<float>(loss.Parameters.Length);
        var (objective, path, credit) = (new List<double>(), new List<float[]> { loss.Parameters.ToArray() }, new double[layers.Names.Length]);
        var norms = layers.Names.Select(_ => new List<double>()).ToArray();
        var saturation = layers.Names.Select(_ => new List<double>()).ToArray();
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            cancellation.ThrowIfCancellationRequested();
            var value = loss.Differentiate(new Pass(Training: true, Autodiff.RandomStream.At(ground.Seed, (ulong)epoch + 1), Noise: ground.Strategy.Training.Augment.Noise));
            var gradient = Array.ConvertAll(loss.Gradients.ToArray(), g => (double)g);
            if (!double.IsFinite(value) || !double.IsFinite(GradientNorm.Of<double>(gradient))) break;
            objective.Add(-value);
            for (var layer = 0; layer < layers.Names.Length; layer++)
            {
                norms[layer].Add(Math.Sqrt(layers.Sum(loss.Model, layer, gradient, part => Square(part.Span))));
                saturation[layer].Add(layers.Saturation(loss.Model, layer));
            }

            optimizer.Step(loss.Parameters, loss.Gradients, rate(epoch));
            path.Add(loss.Parameters.ToArray());
            var (before, after) = (path[^2], path[^1]);
            var gains = gradient.Select((g, i) => g * (before[i] - (double)after[i])).ToArray();
            for (var layer = 0; layer < credit.Length; layer++) credit[layer] += layers.Sum(loss.Model, layer, gains, part => Total(part.Span));
        }

        return new DescentTrace(rate(0), [.. objective], [.. norms.Select(line => line.ToArray())], [.. saturation.Select(line => line.ToArray())], credit, [.. path]);
    }

    private static double Square(ReadOnlySpan<double> values) => Math.Pow(GradientNorm.Of(values), 2);

    private static double Total(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum;
    }
}
