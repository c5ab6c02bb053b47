using BenchmarkDotNet.Attributes;
using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Autodiff.Optimizers;

namespace QuantGrad.Benchmarks.Micro;

/// <summary>Kernels of the engine on a block of 480 rows that stays in the cache: a layer 24 → 32, an LSTM of 32 units, a thousand weights.</summary>
public class EngineKernels
{
    private const int Rows = 480, Inputs = 24, Outputs = 32, Units = 32, Room = 32; // the room is what a plan leaves behind the last row: tiles write whole vectors
    private readonly float[] x = Normal(Rows * Inputs + Room), dx = new float[Rows * Inputs + Room], z = new float[Rows * Outputs + Room], dz = Normal(Rows * Outputs + Room);
    private readonly float[] w = Normal(Inputs * Outputs), b = Normal(Outputs), dw = new float[Inputs * Outputs + Room], db = new float[Outputs + Room];
    private readonly float[] packed = new float[Product.PackedLength(Inputs, Outputs)];
    private readonly float[] gates = Normal(Rows * 4 * Units), gateGradients = new float[Rows * 4 * Units], before = Normal(Rows * Units), cell = new float[Rows * Units];
    private readonly float[] squashed = new float[Rows * Units], hidden = new float[Rows * Units], cellGradients = Normal(Rows * Units);
    private readonly float[] update = Normal(1024), weights = Normal(1024);
    private readonly AdamScaling<float> adam = new(1024);

    /// <summary>Packs the weights, and makes gates of random numbers.</summary>
    public EngineKernels()
    {
        Layer.PackForward<float>(w, b, packed);
        Layer.PackBackward<float>(w, packed);
        CellForward();
    }

    private static Product Layer => new(Inputs, Outputs);

    /// <summary>z = x·W + b.</summary>
    [Benchmark(Description = "product 24x32 forward")]
    public void Forward() => Layer.Forward<float>(x, packed, z, Rows);

    /// <summary>dx = dz·Wᵀ.</summary>
    [Benchmark(Description = "product 24x32 to the input")]
    public void Backward() => Layer.Backward<float>(dz, packed, dx, Rows, add: false);

    /// <summary>dW += xᵀ·dz.</summary>
    [Benchmark(Description = "product 24x32 to the weights")]
    public void Gradients() => Layer.AddGradients<float>(x, dz, dw, db, Rows);

    /// <summary>y = tanh z of 15,360 values.</summary>
    [Benchmark(Description = "tanh of 15,360 values")]
    public void Tanh() => ActivationKernel.Forward<float>(Activation.Tanh, dz, z);

    /// <summary>Gates, cell and output; the gates are squashed anew, which costs the same.</summary>
    [Benchmark(Description = "LSTM cell 32 forward")]
    public void CellForward() => LstmCell.Forward<float>(gates, before, cell, squashed, hidden, Rows, Units);

    /// <summary>Gradient of the gates.</summary>
    [Benchmark(Description = "LSTM cell 32 backward")]
    public void CellBackward() => LstmCell.Backward<float>(gates, before, squashed, hidden, cellGradients, gateGradients, Rows, Units);

    /// <summary>A thousand weights' step.</summary>
    [Benchmark(Description = "Adam of 1,024 weights")]
    public void Adam() => adam.Apply(update, weights, 100);

    internal static float[] Normal(int count)
    {
        var random = new RandomStream(1);
        var values = new float[count];
        foreach (ref var value in values.AsSpan()) value = (float)random.NextNormal();
        return values;
    }
}
