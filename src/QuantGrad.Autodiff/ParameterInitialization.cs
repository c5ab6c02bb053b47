using System.Numerics;

namespace QuantGrad.Autodiff;

/// <summary>Fills the parameters of a plan, each as its <see cref="Node.Initializer"/> says, from a seed and the parameter's name.</summary>
public static class ParameterInitialization
{
    /// <summary>Sets every parameter. The same seed gives the same network in float and in double (rounded) and on every machine.</summary>
    public static void InitializeParameters<T>(this Plan<T> plan, ulong seed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var node in plan.Graph.Parameters)
        {
            var values = plan.Value(node);
            var rows = values.Length / node.Shape.Width;
            var drawn = Draw(node.Initializer ?? Initializer.Zero, rows, node.Shape.Width, RandomStream.For(seed, node.Name));
            for (var i = 0; i < values.Length; i++) values[i] = T.CreateTruncating(drawn[i]);
        }
    }

    internal static double[] Draw(Initializer initializer, int inputs, int outputs, RandomStream random)
    {
        var values = new double[inputs * outputs];
        switch (initializer)
        {
            case Initializer.One: Array.Fill(values, 1); break;
            case Initializer.Xavier: Fill(values, () => (2 * random.NextUniform() - 1) * Math.Sqrt(6.0 / (inputs + outputs))); break;
            case Initializer.He: Fill(values, () => random.NextNormal() * Math.Sqrt(2.0 / inputs)); break;
            case Initializer.Orthogonal:
                Fill(values, random.NextNormal);
                if (inputs <= outputs) Orthonormalize(values, inputs, outputs, outputs, 1);
                else Orthonormalize(values, outputs, inputs, 1, outputs);
                break;
        }

        return values;
    }

    private static void Fill(double[] values, Func<double> draw)
    {
        for (var i = 0; i < values.Length; i++) values[i] = draw();
    }

    /// <summary>Gram and Schmidt, twice for full precision: vector v is values[v·stride + k·step], k below length.</summary>
    private static void Orthonormalize(double[] values, int vectors, int length, int stride, int step)
    {
        double Dot(int a, int b)
        {
            var sum = 0.0;
            for (var k = 0; k < length; k++) sum += values[a * stride + k * step] * values[b * stride + k * step];
            return sum;
        }

        for (var v = 0; v < vectors; v++)
        {
            for (var pass = 0; pass < 2; pass++)
                for (var earlier = 0; earlier < v; earlier++)
                {
                    var dot = Dot(v, earlier);
                    for (var k = 0; k < length; k++) values[v * stride + k * step] -= dot * values[earlier * stride + k * step];
                }

            var norm = Math.Sqrt(Dot(v, v));
            for (var k = 0; k < length; k++) values[v * stride + k * step] /= norm;
        }
    }
}
