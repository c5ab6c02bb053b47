using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Optimizers;
using QuantGrad.Training;

namespace QuantGrad.Diagnosing;

/// <summary>The shape of the loss around a point: the extreme eigenvalues of its Hessian.</summary>
/// <param name="Smallest">The smallest eigenvalue.</param>
/// <param name="Largest">The largest eigenvalue.</param>
/// <param name="GradientNorm">Of the loss at the point.</param>
internal sealed record Curvature(double Smallest, double Largest, double GradientNorm)
{
    private const int Iterations = 40;

    // An eigenvalue that moves by less than this share of itself in a step has settled, to more digits than are shown.
    private const double Settled = 1e-6;

    // A curvature this small beside the other is flat ground.
    private const double Flat = 0.01;

    // Of a loss whose size is about one, curvature and slope below this lead nowhere.
    private const double Nothing = 1e-6;

    /// <summary>
    /// What the point is to the eye: <c>minimum</c> (up, or flat, all around), <c>saddle</c> (up one way and down another), <c>summit</c>, or <c>plateau</c>: no curvature and
    /// no slope, where nothing is learnt.
    /// </summary>
    public string Kind => Math.Max(GradientNorm, Math.Max(Math.Abs(Smallest), Math.Abs(Largest))) < Nothing ? "plateau"
        : Smallest >= -Flat * Math.Abs(Largest) ? "minimum" : Largest <= Flat * Math.Abs(Smallest) ? "summit" : "saddle";

    /// <summary>
    /// Measures the curvature by power iteration on Hessian-vector products, each the central difference of two gradients in double: once for the eigenvalue of the
    /// largest magnitude, once on the Hessian shifted by it for the other end.
    /// </summary>
    /// <param name="loss">The loss.</param>
    /// <param name="weights">The point.</param>
    /// <param name="seed">Of the first directions.</param>
    /// <param name="cancellation">Looked at before each product.</param>
    public static Curvature At(WindowLoss<double> loss, ReadOnlySpan<float> weights, ulong seed, CancellationToken cancellation)
    {
        var point = Array.ConvertAll(weights.ToArray(), weight => (double)weight);
        point.CopyTo(loss.Parameters);
        loss.Differentiate(Pass.Evaluation);
        var norm = Autodiff.Optimizers.GradientNorm.Of<double>(loss.Gradients);
        var first = Extreme(loss, point, 0, RandomStream.At(seed, 1), cancellation);
        var other = first + Extreme(loss, point, first, RandomStream.At(seed, 2), cancellation);
        return new Curvature(Math.Min(first, other), Math.Max(first, other), norm);
    }

    private static double Extreme(WindowLoss<double> loss, double[] point, double shift, ulong seed, CancellationToken cancellation)
    {
        var random = new RandomStream(seed);
        var direction = Unit([.. point.Select(_ => random.NextNormal())]);
        var eigenvalue = 0.0;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            var product = Product(loss, point, direction);
            for (var i = 0; i < product.Length; i++) product[i] -= shift * direction[i];
            var before = eigenvalue;
            eigenvalue = product.Zip(direction, (a, b) => a * b).Sum();
            if (product.All(value => value == 0) || Math.Abs(eigenvalue - before) <= Settled * Math.Abs(eigenvalue)) return eigenvalue;
            direction = Unit(product);
        }

        return eigenvalue;
    }

    /// <summary>H·v by (g(w + εv) − g(w − εv))/2ε, v of length 1.</summary>
    internal static double[] Product(WindowLoss<double> loss, double[] point, double[] direction)
    {
        var step = 1e-5 * Math.Max(1, Autodiff.Optimizers.GradientNorm.Of<double>(point));
        var above = Gradient(loss, point, direction, step);
        var below = Gradient(loss, point, direction, -step);
        for (var i = 0; i < above.Length; i++) above[i] = (above[i] - below[i]) / (2 * step);
        return above;
    }

    private static double[] Gradient(WindowLoss<double> loss, double[] point, double[] direction, double step)
    {
        for (var i = 0; i < point.Length; i++) loss.Parameters[i] = point[i] + step * direction[i];
        loss.Differentiate(Pass.Evaluation);
        return loss.Gradients.ToArray();
    }

    private static double[] Unit(double[] vector)
    {
        var length = Autodiff.Optimizers.GradientNorm.Of<double>(vector);
        return Array.ConvertAll(vector, value => value / length);
    }
}
