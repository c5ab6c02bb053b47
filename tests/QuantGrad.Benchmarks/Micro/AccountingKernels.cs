using BenchmarkDotNet.Attributes;
using QuantGrad.Accounting;

namespace QuantGrad.Benchmarks.Micro;

/// <summary>The books of 20 symbols over 2,520 days, as training keeps them.</summary>
public class AccountingKernels
{
    private const int Assets = 20, Cells = 2520 * Assets;
    private readonly float[] targets = Scaled(0.05f), gap = Scaled(0.002f), hold = Scaled(0.01f), decided = new float[Cells], initial = new float[Assets];
    private readonly float[] result = new float[Cells / Assets * PortfolioAccounting.Columns], resultGradient = new float[Cells / Assets * PortfolioAccounting.Columns];
    private readonly float[] state = new float[Cells * PortfolioAccounting.StateWidth], targetGradient = new float[Cells], heldGradient = new float[2 * Assets];

    /// <summary>Fills what Backward reads.</summary>
    public AccountingKernels()
    {
        Array.Fill(decided, 1);
        Array.Fill(resultGradient, 1);
        Forward();
    }

    private AccountingInputs<float> Inputs => new()
    {
        Assets = Assets, Targets = targets, Decided = decided, Gap = gap, Hold = hold, Initial = initial, CostFraction = 3e-4f, BorrowPerBar = 2e-5f, Epsilon = 1e-4f,
    };

    /// <summary>Net returns.</summary>
    [Benchmark(Description = "books 20 x 2,520 forward")]
    public void Forward() => VectorAccounting.Forward(Inputs, result, state);

    /// <summary>Net returns by the plain version.</summary>
    [Benchmark(Description = "books 20 x 2,520 forward, plain")]
    public void PlainForward() => PortfolioAccounting.Forward(Inputs, result, state);

    /// <summary>The gradient of the targets.</summary>
    [Benchmark(Description = "books 20 x 2,520 backward")]
    public void Backward() => VectorAccounting.Backward<float>(Inputs, result, state, resultGradient, targetGradient, heldGradient);

    /// <summary>The same by the plain version.</summary>
    [Benchmark(Description = "books 20 x 2,520 backward, plain")]
    public void PlainBackward() => PortfolioAccounting.Backward<float>(Inputs, result, state, resultGradient, targetGradient, heldGradient);

    private static float[] Scaled(float scale) => Array.ConvertAll(EngineKernels.Normal(Cells), value => value * scale);
}
