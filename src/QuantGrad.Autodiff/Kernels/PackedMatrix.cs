using System.Collections.Concurrent;
using System.Numerics;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>
/// A matrix <c>[depth, width]</c> rearranged for the tile kernels: panels of a few vectors' width, each contiguous from depth to depth and padded
/// with zeros to whole vectors, and behind them a bias row padded alike. Only the layout is here; the storage is the caller's.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed unsafe class PackedMatrix<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Deeper products are cut, so that a panel's part stays in the first cache.</summary>
    internal const int MostProducts = 384;

    /// <summary>Values from row to row of x beyond which its columns are gathered before the products.</summary>
    private const int FarApart = 256;

    private const int Ends = 5, MostTileRows = 24, MostVectors = 4;
    private static readonly ConcurrentDictionary<(int Depth, int Width, Simd Simd), PackedMatrix<T>> Made = new();
    private readonly int depth;
    private readonly int width;
    private readonly Simd simd;
    private readonly Panels panels;

    // Kernels at hand by what distinguishes them within one matrix; looking them up by their whole shape at each call is slow.
    private readonly TileKernel?[] kernels = new TileKernel?[2 * 2 * 2 * Ends * (MostVectors + 1) * (MostTileRows + 1)];

    private PackedMatrix(int depth, int width, Simd simd)
    {
        (this.depth, this.width, this.simd) = (depth, width, simd);
        Lanes = simd.Lanes<T>();
        Vectors = (width + Lanes - 1) / Lanes;
        panels = new Panels(Vectors, simd.MostVectors);
    }

    private int Lanes { get; }

    private int Vectors { get; }

    /// <summary>The matrix of a size: depth is the number of products, width that of the result.</summary>
    internal static PackedMatrix<T> Of(int depth, int width, Simd simd) =>
        Made.TryGetValue((depth, width, simd), out var found) ? found : Made.GetOrAdd((depth, width, simd), static key => new(key.Depth, key.Width, key.Simd));

    /// <summary>Values that the packed form takes, the bias row with it.</summary>
    internal int Length => (depth + 1) * Vectors * Lanes;

    /// <summary>Packs w, or wᵀ where the matrix that it stands for is w's transpose.</summary>
    internal void Pack(ReadOnlySpan<T> w, bool transposed, ReadOnlySpan<T> bias, Span<T> packed)
    {
        foreach (var panel in panels)
        {
            var (first, padded) = (panel.First * Lanes, panel.Count * Lanes);
            var count = Math.Min(padded, width - first);
            for (var k = 0; k < depth; k++)
            {
                var target = packed.Slice(first * depth + k * padded, padded);
                if (transposed)
                    for (var j = 0; j < count; j++) target[j] = w[(first + j) * depth + k];
                else w.Slice(k * width + first, count).CopyTo(target);
                target[count..].Clear();
            }
        }

        var row = packed.Slice(depth * Vectors * Lanes, Vectors * Lanes);
        row.Clear();
        bias.CopyTo(row);
    }

    /// <summary>
    /// z = x·matrix (+ bias), or z += x·matrix. Vectors reach beyond a narrow last column into the next row; tiles go from the last panel to the first and
    /// down the rows, so that what spills is written over, and behind the last row there must be room for one vector.
    /// </summary>
    /// <param name="x">The left factor, <c>[rows, depth]</c>.</param>
    /// <param name="packed">The matrix.</param>
    /// <param name="z">The result, <c>[rows, width]</c>.</param>
    /// <param name="rows">Rows of x and z.</param>
    /// <param name="end">What becomes of the product.</param>
    /// <param name="fetchesAhead">Whether x and z lie beyond the caches.</param>
    /// <param name="y">Only for <see cref="TileEnd.StoreTimesTanhSlope"/>, which wants a depth of at most <see cref="MostProducts"/>.</param>
    internal void Multiply(T* x, T* packed, T* z, int rows, TileEnd end, bool fetchesAhead, T* y = null)
    {
        var bias = y is null ? packed + (long)depth * Vectors * Lanes : y;
        for (var index = panels.Count - 1; index >= 0; index--)
        {
            var panel = panels[index];
            var (first, padded) = (panel.First * Lanes, panel.Count * Lanes);
            var lastLanes = Math.Min(Lanes, width - first - padded + Lanes);
            for (var k = 0; k < depth; k += MostProducts)
            {
                var shape = new TileShape(0, panel.Count, simd.Bits, depth, 1, padded, width, lastLanes, k == 0 ? end : TileEnd.Add, SumsRows: false, fetchesAhead && depth <= MostProducts);
                Rows(shape, simd.Accumulators / panel.Count, x + k, packed + (long)first * depth + (long)k * padded, z + first, bias + first, rows, Math.Min(MostProducts, depth - k));
            }
        }
    }

    /// <summary>dw += xᵀ·dz and, where wanted, db += Σ rows of dz, for a result of this width. The bias is summed beside the first tile.</summary>
    internal void AddGradients(T* x, T* dz, T* dw, T* db, int rows, bool fetchesAhead)
    {
        if (depth >= FarApart)
        {
            AddGradientsGathered(x, dz, dw, db, rows);
            return;
        }

        foreach (var panel in panels)
        {
            var first = panel.First * Lanes;
            var lastLanes = Math.Min(Lanes, width - first - (panel.Count - 1) * Lanes);
            var shape = new TileShape(0, panel.Count, simd.Bits, 1, depth, width, width, lastLanes, TileEnd.Add, SumsRows: true, fetchesAhead);
            var most = simd.Accumulators / panel.Count;
            var head = db is null ? 0 : Math.Min(simd.RowsBesideBias(panel.Count), new Panels(depth, most)[0].Count);
            if (head > 0) Kernel(shape with { Rows = head, End = TileEnd.AddWithBiasSum })((nint)x, (nint)(dz + first), (nint)(dw + first), (nint)(db + first), rows, 1);
            if (depth > head) Rows(shape, most, x + head, dz + first, dw + first + (long)head * width, null, depth - head, rows);
        }
    }

    /// <summary>
    /// The same for rows of x that lie so far apart that they would drive each other out of the first cache: a few columns at a time are gathered.
    /// </summary>
    private void AddGradientsGathered(T* x, T* dz, T* dw, T* db, int rows)
    {
        const int mostRows = 256;
        var gathered = stackalloc T[mostRows * MostTileRows];
        if (db is not null) MatrixKernel.AddColumnSums(new ReadOnlySpan<T>(dz, rows * width), new Span<T>(db, width), rows, width);
        var columns = simd.Accumulators / panels[0].Count;
        for (var row = 0; row < rows; row += mostRows)
            for (var k = 0; k < depth; k += columns)
            {
                var (height, count) = (Math.Min(mostRows, rows - row), Math.Min(columns, depth - k));
                for (var i = 0; i < height; i++)
                    for (var j = 0; j < count; j++) gathered[i * count + j] = x[(long)(row + i) * depth + k + j];
                foreach (var panel in panels)
                {
                    var first = panel.First * Lanes;
                    var lastLanes = Math.Min(Lanes, width - first - (panel.Count - 1) * Lanes);
                    var shape = new TileShape(count, panel.Count, simd.Bits, 1, count, width, width, lastLanes, TileEnd.Add, SumsRows: true);
                    TileKernels<T>.Get(shape)((nint)gathered, (nint)(dz + (long)row * width + first), (nint)(dw + (long)k * width + first), 0, height, 1);
                }
            }
    }

    /// <summary>Cuts rows into tiles of the greatest size, the rest into one more.</summary>
    private void Rows(in TileShape shape, int most, T* a, T* b, T* c, T* bias, int rows, int products)
    {
        var chunks = (rows + most - 1) / most;
        var (size, larger) = (rows / chunks, rows % chunks);
        if (larger > 0)
        {
            Kernel(shape with { Rows = size + 1 })((nint)a, (nint)b, (nint)c, (nint)bias, products, larger);
            a += (long)larger * (size + 1) * shape.ARow;
            c += (long)larger * (size + 1) * shape.CRow;
            if (shape.End == TileEnd.StoreTimesTanhSlope) bias += (long)larger * (size + 1) * shape.CRow;
        }

        Kernel(shape with { Rows = size })((nint)a, (nint)b, (nint)c, (nint)bias, products, chunks - larger);
    }

    private TileKernel Kernel(in TileShape shape)
    {
        var (sums, narrow, ahead) = (shape.SumsRows ? 1 : 0, shape.LastLanes < Lanes ? 1 : 0, shape.FetchesAhead ? 1 : 0);
        var index = ((((sums * 2 + narrow) * 2 + ahead) * Ends + (int)shape.End) * (MostVectors + 1) + shape.Vectors) * (MostTileRows + 1) + shape.Rows;
        return kernels[index] ??= TileKernels<T>.Get(shape);
    }
}
