using System.Numerics;

namespace QuantGrad.Autodiff.Ops.Series;

/// <summary>
/// The work space of a <see cref="LookBack"/>: one symbol's series at a time, laid out along time, and the statistics of it that were computed, which stay until the
/// series changes. Its parts, in values: the series as they were <c>[A, T]</c>, whether a statistic is there <c>[A, kept]</c>, the statistics <c>[A, kept, T]</c>,
/// the gradient, the sum and one statistic <c>[T]</c> each, and the work of <see cref="WindowStatistic{T}"/>.
/// </summary>
internal ref struct LookBackStore<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WindowKind kind;
    private readonly int steps;
    private readonly int assets;
    private readonly int kept;
    private readonly Span<T> series;
    private readonly Span<T> known;
    private readonly Span<T> statistics;
    private readonly Span<T> gradient;
    private readonly Span<T> one;
    private readonly Span<T> work;
    private readonly Span<int> places;
    private int asset;
    private bool isPrepared;

    /// <summary>Lays out the work space.</summary>
    public LookBackStore(WindowKind kind, PlanSize size, int kept, Span<T> workspace, Span<int> places)
    {
        (this.kind, steps, assets, this.kept) = (kind, size.Steps, size.Assets, kept);
        this.places = places;
        series = workspace[..size.Rows];
        known = workspace.Slice(size.Rows, assets * kept);
        var rest = workspace[(size.Rows + assets * kept)..];
        statistics = rest[..(kept * size.Rows)];
        rest = rest[(kept * size.Rows)..];
        gradient = rest[..steps];
        Sum = rest.Slice(steps, steps);
        one = rest.Slice(2 * steps, steps);
        work = rest[(3 * steps)..];
    }

    /// <summary>A stretch of T values to add up in.</summary>
    public Span<T> Sum { get; }

    /// <summary>Values needed.</summary>
    public static int Length(PlanSize size, int kept) =>
        checked(size.Rows * (1 + kept) + size.Assets * kept + 3 * size.Steps + WindowStatistic<T>.WorkLength(size.Steps));

    /// <summary>Takes one symbol's series; what was computed of another one is forgotten.</summary>
    public void Take(ReadOnlySpan<T> rows, int ofAsset)
    {
        (asset, isPrepared) = (ofAsset, false);
        var own = series.Slice(asset * steps, steps);
        var changed = false;
        for (var t = 0; t < own.Length; t++)
        {
            var value = rows[t * assets + asset];
            changed |= own[t] != value;
            own[t] = value;
        }

        if (changed) known.Slice(asset * kept, kept).Clear();
    }

    /// <summary>One symbol's gradient along time.</summary>
    public readonly ReadOnlySpan<T> TakeGradient(ReadOnlySpan<T> rows, int ofAsset)
    {
        for (var t = 0; t < gradient.Length; t++) gradient[t] = rows[t * assets + ofAsset];
        return gradient;
    }

    /// <summary>The statistic of the newest k values at every step.</summary>
    public ReadOnlySpan<T> Statistic(int bars)
    {
        if (kept == 0)
        {
            Prepared().Forward(bars, one);
            return one;
        }

        var place = asset * kept + bars - 1;
        var statistic = statistics.Slice(place * steps, steps);
        if (known[place] != T.Zero) return statistic;
        Prepared().Forward(bars, statistic);
        known[place] = T.One;
        return statistic;
    }

    /// <summary>Adds the gradient of the series for a gradient of the statistic, times a weight.</summary>
    public void Adjoint(int bars, T weight, ReadOnlySpan<T> g, Span<T> dx) => Prepared().Adjoint(bars, weight, g, dx);

    /// <summary>Puts a stretch along time back into rows.</summary>
    public readonly void Put(ReadOnlySpan<T> column, int ofAsset, Span<T> rows, bool add)
    {
        for (var t = 0; t < column.Length; t++) rows[t * assets + ofAsset] = add ? rows[t * assets + ofAsset] + column[t] : column[t];
    }

    private WindowStatistic<T> Prepared()
    {
        var statistic = new WindowStatistic<T>(kind, series.Slice(asset * steps, steps), work, places);
        if (!isPrepared) statistic.Prepare();
        isPrepared = true;
        return statistic;
    }
}
