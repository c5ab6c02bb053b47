using System.Numerics;
using System.Runtime.Intrinsics.X86;
using QuantGrad.Autodiff.Kernels;

namespace QuantGrad.Autodiff.Tests.Kernels;

/// <summary>The tile kernels of every machine beside the plain products: all widths, odd sizes, both precisions.</summary>
public class ProductTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 7, 3, 5 }, { 24, 24, 32 }, { 25, 32, 16 }, { 12, 17, 1 }, { 50, 1, 16 }, { 31, 60, 128 }, { 13, 33, 50 }, { 9, 5, 79 }, { 29, 500, 20 }, { 5, 20, 500 },
    };

    internal static IEnumerable<Simd> Machines()
    {
        if (Avx512F.IsSupported) yield return Simd.Avx512;
        if (Fma.IsSupported) yield return Simd.Avx2;
        yield return Simd.Arm;
        yield return Simd.Narrow;
    }

    /// <summary>A product of depth 1 has the strides of a sum down the rows: they must not share a kernel.</summary>
    [Fact]
    public void AddGradients_DepthOfOneAfterAForwardThatAdds_EqualsThePlainProduct()
    {
        const int rows = 50, outputs = 20;
        float[] x = [.. Enumerable.Range(0, rows).Select(i => i % 7 - 3f)], dz = [.. Enumerable.Range(0, rows * outputs + 32).Select(i => i % 11 - 5f)];
        var product = new Product(1, outputs);
        var packed = new float[Product.PackedLength(1, outputs)];
        product.PackForward<float>(dz.AsSpan(0, outputs), x.AsSpan(0, outputs), packed);
        product.Forward<float>(x, packed, new float[outputs + 32].AsSpan(0, outputs), 1, TileEnd.Add);
        float[] expected = new float[outputs], found = new float[outputs + 32];
        MatrixKernel.AddTransposedProduct<float>(x, dz, expected, rows, 1, outputs);
        product.AddGradients<float>(x, dz, found.AsSpan(0, outputs), [], rows);
        Assert.Equal(expected, found[..outputs]);
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Float_EveryMachine_EqualsThePlainProducts(int rows, int inputs, int outputs) => Compare<float>(rows, inputs, outputs, 2e-5);

    [Theory, MemberData(nameof(Sizes))]
    public void Double_EveryMachine_EqualsThePlainProducts(int rows, int inputs, int outputs) => Compare<double>(rows, inputs, outputs, 1e-13);

    private static void Compare<T>(int rows, int inputs, int outputs, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int room = 32; // behind the last row, as a plan leaves it
        var random = new RandomStream(1);
        T[] Draw(int count) => [.. Enumerable.Range(0, count + room).Select(i => i < count ? T.CreateTruncating(random.NextNormal()) : T.Zero)];
        T[] x = Draw(rows * inputs), w = Draw(inputs * outputs), b = Draw(outputs), dz = Draw(rows * outputs), y = Draw(rows * inputs), start = Draw(rows * inputs);
        T[] z = new T[rows * outputs], dx = start[..(rows * inputs)], dw = w[..(inputs * outputs)], db = b[..outputs];
        MatrixKernel.Affine<T>(x, w, b, z, rows, inputs, outputs);
        MatrixKernel.AddProductWithTransposed<T>(dz, w, dx, rows, outputs, inputs);
        MatrixKernel.AddTransposedProduct<T>(x, dz, dw, rows, inputs, outputs);
        MatrixKernel.AddColumnSums<T>(dz, db, rows, outputs);
        foreach (var product in Machines().SelectMany(simd => new[] { new Product(inputs, outputs, simd), new Product(inputs, outputs, simd) { FetchesAhead = true } }))
        {
            var packed = new T[Product.PackedLength(inputs, outputs)];
            product.PackForward<T>(w.AsSpan(0, inputs * outputs), b.AsSpan(0, outputs), packed);
            product.PackBackward<T>(w.AsSpan(0, inputs * outputs), packed);
            T[] forward = new T[rows * outputs + room], added = [.. start], stored = new T[rows * inputs + room], gradient = [.. w], bias = [.. b];
            product.Forward<T>(x, packed, forward.AsSpan(0, rows * outputs), rows);
            product.Backward<T>(dz, packed, added.AsSpan(0, rows * inputs), rows, add: true);
            product.AddGradients<T>(x, dz, gradient.AsSpan(0, inputs * outputs), bias.AsSpan(0, outputs), rows);
            Near(z, forward, tolerance, $"{product} forward");
            Near(dx, added, tolerance, $"{product} backward");
            Near(dw, gradient, tolerance, $"{product} weights");
            Near(db, bias, tolerance, $"{product} bias");
            Assert.True(gradient.AsSpan(inputs * outputs).IndexOfAnyExcept(T.Zero) < 0, $"{product}: a gradient was written beyond its end");
            if (!product.FusesTanhSlope) continue;
            product.Backward<T>(dz, packed, stored.AsSpan(0, rows * inputs), rows, add: false, y.AsSpan(0, rows * inputs));
            T[] sloped = [.. dx.Select((value, i) => (value - start[i]) * (T.One - y[i] * y[i]))];
            Near(sloped, stored, tolerance, $"{product} backward with slope");
        }
    }

    private static void Near<T>(T[] expected, T[] found, double tolerance, string what) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var scale = expected.Max(value => Math.Abs(double.CreateTruncating(value)));
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(double.CreateTruncating(expected[i] - found[i])) <= tolerance * scale, $"{what} [{i}]: {found[i]}, expected {expected[i]}");
    }
}
