using System.Runtime.InteropServices;

namespace QuantGrad.Benchmarks.Engine;

/// <summary>The matrix products of a network's training step by OpenBLAS on one thread, where it is installed: the rate to be held against.</summary>
internal sealed unsafe class BlasProducts
{
    private const int RowMajor = 101, Plain = 111, Transposed = 112;
    private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> sgemm;
    private readonly int[] widths;
    private readonly int rows;
    private readonly float*[] activations;
    private readonly float*[] weights;

    private BlasProducts(nint library, int rows, int[] widths)
    {
        (this.rows, this.widths) = (rows, widths);
        sgemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)NativeLibrary.GetExport(library, "cblas_sgemm");
        if (NativeLibrary.TryGetExport(library, "openblas_set_num_threads", out var setThreads)) ((delegate* unmanaged<int, void>)setThreads)(1);
        activations = new float*[widths.Length];
        weights = new float*[widths.Length - 1];
        for (var i = 0; i < widths.Length; i++) activations[i] = Ones(rows * widths[i]);
        for (var i = 0; i + 1 < widths.Length; i++) weights[i] = Ones(widths[i] * widths[i + 1]);
    }

    /// <summary>Null where OpenBLAS is not installed.</summary>
    internal static BlasProducts? TryLoad(int rows, params int[] widths)
    {
        foreach (var name in new[] { "libopenblas.so.0", "libopenblas" })
            if (NativeLibrary.TryLoad(name, out var library)) return new BlasProducts(library, rows, widths);
        return null;
    }

    /// <summary>Forward, weight gradients, and the gradients of all but the first layer's input.</summary>
    internal void Run()
    {
        for (var i = 0; i + 1 < widths.Length; i++) Multiply(Plain, Plain, rows, widths[i + 1], widths[i], activations[i], widths[i], weights[i], widths[i + 1], activations[i + 1]);
        for (var i = widths.Length - 2; i >= 0; i--)
        {
            Multiply(Transposed, Plain, widths[i], widths[i + 1], rows, activations[i], widths[i], activations[i + 1], widths[i + 1], weights[i]);
            if (i > 0) Multiply(Plain, Transposed, rows, widths[i], widths[i + 1], activations[i + 1], widths[i + 1], weights[i], widths[i + 1], activations[i]);
        }
    }

    private void Multiply(int formA, int formB, int m, int n, int k, float* a, int lda, float* b, int ldb, float* c) =>
        sgemm(RowMajor, formA, formB, m, n, k, 1e-6f, a, lda, b, ldb, 0, c, n);

    private static float* Ones(int count)
    {
        var values = (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), 64);
        new Span<float>(values, count).Fill(1);
        return values;
    }
}
