using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Autodiff.Tests.Kernels;

/// <summary>The vector formulas beside the plain ones in double, at every vector width and with tails.</summary>
public class ElementwiseTests
{
    private static readonly float[] Arguments = [.. Enumerable.Range(-40_000, 80_003).Select(i => i * 3e-4f), .. Enumerable.Range(-120, 125).Select(i => MathF.ScaleB(1.3f, i))];

    [Fact]
    public void Tanh_EveryWidth_IsExactToAFewUnits() => Compare<TanhFormula>(Activation.Tanh, 5e-7);

    [Fact]
    public void Sigmoid_EveryWidth_IsExactToAFewUnits() => Compare<SigmoidFormula>(Activation.Sigmoid, 4e-7, relative: false);

    [Fact]
    public void ReluFamily_EveryWidth_IsExact()
    {
        Compare<ReluFormula>(Activation.Relu, 0);
        Compare<LeakyReluFormula>(Activation.LeakyRelu, 1e-7);
    }

    [Fact]
    public void Slopes_EveryWidth_AreThePlainSlopes()
    {
        CompareSlope<TanhSlope>(Activation.Tanh);
        CompareSlope<SigmoidSlope>(Activation.Sigmoid);
        CompareSlope<ReluSlope>(Activation.Relu);
        CompareSlope<LeakyReluSlope>(Activation.LeakyRelu);
    }

    [Fact]
    public void Tanh_AnyArgument_StaysWithinOne()
    {
        var values = new float[Arguments.Length];
        foreach (var simd in ProductTests.Machines())
        {
            Elementwise.Map<TanhFormula>(Arguments, Arguments, values, simd);
            Assert.All(values, value => Assert.InRange(value, -1f, 1f));
        }
    }

    [Fact]
    public void Formulas_NaN_StayNaN()
    {
        IsNaN<TanhFormula>();
        IsNaN<SigmoidFormula>();
        IsNaN<ReluFormula>();
        IsNaN<LeakyReluFormula>();

        static void IsNaN<F>() where F : struct, IFormula
        {
            float[] x = [.. Enumerable.Repeat(float.NaN, 53)];
            foreach (var simd in ProductTests.Machines())
            {
                Elementwise.Map<F>(x, x, x, simd);
                Assert.All(x, value => Assert.True(float.IsNaN(value), $"{typeof(F).Name}, {simd.Bits} bits: {value}"));
            }
        }
    }

    private static void Compare<F>(Activation activation, double tolerance, bool relative = true) where F : struct, IFormula
    {
        var values = new float[Arguments.Length];
        foreach (var simd in ProductTests.Machines())
        {
            Elementwise.Map<F>(Arguments, Arguments, values, simd);
            for (var i = 0; i < values.Length; i++)
            {
                var expected = ActivationFormula.Value(activation, (double)Arguments[i]);
                Assert.True(Math.Abs(values[i] - expected) <= tolerance * (relative ? Math.Abs(expected) : 1), $"{simd.Bits}: {activation}({Arguments[i]}) = {values[i]}, expected {expected}");
            }
        }
    }

    private static void CompareSlope<F>(Activation activation) where F : struct, IFormula
    {
        float[] y = [.. Enumerable.Range(-50, 101).Select(i => i * 0.0199f)];
        foreach (var simd in ProductTests.Machines())
        {
            float[] dy = [.. Enumerable.Repeat(2f, y.Length)];
            Elementwise.Map<F>(dy, y, dy, simd);
            for (var i = 0; i < y.Length; i++) Assert.Equal(2 * ActivationFormula.Slope(activation, (double)y[i], y[i]), dy[i], 1e-6);
        }
    }
}
