using System.Numerics;

namespace QuantGrad.Autodiff.Ops.Series;

/// <summary>What <see cref="LookBack"/> computes of the newest k values.</summary>
public enum WindowKind
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their standard deviation, divisor k; 0 where it is below 1e-7 of their size.</summary>
    Deviation,

    /// <summary>The largest.</summary>
    Highest,

    /// <summary>The smallest.</summary>
    Lowest,

    /// <summary>The value k bars before.</summary>
    Lag,
}

/// <summary>
/// A statistic of one look-back over one symbol's series, and its adjoint, both O(T). Before the first value the first one is taken to have stood for ever. Work is
/// laid out in four stretches: sums and squares of x − x[0] (T + 1 each), and two of T + 1 for the adjoint.
/// </summary>
internal readonly ref struct WindowStatistic<T>(WindowKind kind, ReadOnlySpan<T> x, Span<T> work, Span<int> places) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> x = x;
    private readonly Span<int> places = places;
    private readonly Span<T> sums = work[..(x.Length + 1)];
    private readonly Span<T> squares = work.Slice(x.Length + 1, x.Length + 1);
    private readonly Span<T> first = work.Slice(2 * (x.Length + 1), x.Length + 1);
    private readonly Span<T> second = work.Slice(3 * (x.Length + 1), x.Length + 1);

    /// <summary>Values of work needed for T steps.</summary>
    public static int WorkLength(int steps) => 4 * (steps + 1);

    /// <summary>Sums that all look-backs share.</summary>
    public void Prepare()
    {
        if (kind is not (WindowKind.Mean or WindowKind.Deviation)) return;
        sums[0] = squares[0] = T.Zero;
        for (var t = 0; t < x.Length; t++)
        {
            var z = x[t] - x[0];
            sums[t + 1] = sums[t] + z;
            squares[t + 1] = squares[t] + z * z;
        }
    }

    /// <summary>The statistic over k bars, <c>[T]</c>.</summary>
    public void Forward(int k, Span<T> f)
    {
        var share = T.One / T.CreateTruncating(k);
        switch (kind)
        {
            case WindowKind.Mean:
                for (var t = 0; t < f.Length; t++) f[t] = x[0] + Mean(t, k, share);
                break;
            case WindowKind.Deviation:
                for (var t = 0; t < f.Length; t++) f[t] = Deviation(t, k, share);
                break;
            case WindowKind.Lag:
                for (var t = 0; t < f.Length; t++) f[t] = x[Math.Max(0, t - k)];
                break;
            default:
                FindPlaces(k);
                for (var t = 0; t < f.Length; t++) f[t] = x[places[t]];
                break;
        }
    }

    /// <summary>Adds the gradient of x for a gradient g of the statistic over k bars, times a weight.</summary>
    public void Adjoint(int k, T weight, ReadOnlySpan<T> g, Span<T> dx)
    {
        switch (kind)
        {
            case WindowKind.Lag:
                for (var t = 0; t < g.Length; t++) dx[Math.Max(0, t - k)] += weight * g[t];
                break;
            case WindowKind.Highest or WindowKind.Lowest:
                FindPlaces(k);
                for (var t = 0; t < g.Length; t++) dx[places[t]] += weight * g[t];
                break;
            default:
                AdjointOfSums(k, weight, g, dx);
                break;
        }
    }

    /// <summary>The mean and the deviation are functions of z = x − x[0]: what all z get is taken back from x[0].</summary>
    private void AdjointOfSums(int k, T weight, ReadOnlySpan<T> g, Span<T> dx)
    {
        var share = T.One / T.CreateTruncating(k);
        T ofFirst = first[0] = second[0] = T.Zero;
        for (var t = 0; t < g.Length; t++)
        {
            var slope = weight * g[t] * share;
            if (kind == WindowKind.Mean) ofFirst += weight * g[t];
            else slope = Deviation(t, k, share) is var deviation && deviation > T.Zero ? slope / deviation : T.Zero;
            first[t + 1] = first[t] + slope;
            second[t + 1] = second[t] + slope * Mean(t, k, share);
        }

        for (var t = 0; t < g.Length; t++)
        {
            var end = Math.Min(g.Length, t + k);
            var change = first[end] - first[t];
            if (kind == WindowKind.Deviation) change = change * (x[t] - x[0]) - (second[end] - second[t]);
            dx[t] += change;
            ofFirst -= change;
        }

        dx[0] += ofFirst;
    }

    private T Mean(int t, int k, T share) => (sums[t + 1] - sums[Math.Max(0, t + 1 - k)]) * share;

    private T Deviation(int t, int k, T share)
    {
        var mean = Mean(t, k, share);
        var variance = (squares[t + 1] - squares[Math.Max(0, t + 1 - k)]) * share - mean * mean;
        var level = x[0] + mean;
        return variance > T.CreateTruncating(LookBack.FlatVariance) * level * level ? T.Sqrt(variance) : T.Zero;
    }

    /// <summary>Where the largest (smallest) of the newest k stands, by a queue of candidates; of equal ones the newest.</summary>
    private void FindPlaces(int k)
    {
        var queue = places[x.Length..];
        int head = 0, tail = 0;
        for (var t = 0; t < x.Length; t++)
        {
            while (tail > head && (kind == WindowKind.Highest ? x[queue[tail - 1]] <= x[t] : x[queue[tail - 1]] >= x[t])) tail--;
            queue[tail++] = t;
            if (queue[head] <= t - k) head++;
            places[t] = queue[head];
        }
    }
}
