namespace QuantGrad.Metrics;

/// <summary>The rows of a ledger that figures are made from, one a bar: the row dated t+1 holds what the weights decided at t earned.</summary>
public sealed class ReturnSeries
{
    /// <summary>Makes a series; every array has the length of <paramref name="net"/>.</summary>
    /// <param name="dates">Dates, strictly increasing, <c>[T]</c>; null where they are unknown.</param>
    /// <param name="net">Net simple returns, as fractions of equity, <c>[T]</c>.</param>
    /// <param name="gross">Returns before cost, <c>[T]</c>; null where unknown.</param>
    /// <param name="cost">Cost charged, as a fraction of equity, at least 0, <c>[T]</c>; null where unknown.</param>
    /// <param name="turnover">Σ|Δw| traded, at least 0, <c>[T]</c>; null where unknown.</param>
    /// <param name="exposure">Σ|w| held, at least 0, <c>[T]</c>; null where unknown.</param>
    /// <param name="holding">The part of the cost that no trade caused, such as borrowing, at least 0, <c>[T]</c>; null where there is none.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the dates do not increase.</exception>
    public ReturnSeries(
        DateTime[]? dates, double[] net, double[]? gross = null, double[]? cost = null, double[]? turnover = null, double[]? exposure = null,
        double[]? holding = null)
    {
        foreach (var (name, length) in new[]
                 {
                     (nameof(dates), dates?.Length), (nameof(gross), gross?.Length), (nameof(cost), cost?.Length),
                     (nameof(turnover), turnover?.Length), (nameof(exposure), exposure?.Length), (nameof(holding), holding?.Length),
                 })
            if (length is { } n && n != net.Length)
                throw new ArgumentException(FormattableString.Invariant($"{name} has {n} rows where net has {net.Length}"), name);
        for (var t = 1; t < (dates?.Length ?? 0); t++)
            if (dates![t] <= dates[t - 1])
                throw new ArgumentException(FormattableString.Invariant($"the date in row {t} ({dates[t]:yyyy-MM-dd}) does not come after {dates[t - 1]:yyyy-MM-dd}"), nameof(dates));

        (Dates, Net, Gross, Cost, Turnover, Exposure, Holding) = (dates, net, gross, cost, turnover, exposure, holding);
    }

    /// <summary>Dates, <c>[T]</c>, strictly increasing, or null.</summary>
    public DateTime[]? Dates { get; }

    /// <summary>Net simple returns, <c>[T]</c>.</summary>
    public double[] Net { get; }

    /// <summary>Returns before cost, <c>[T]</c>, or null.</summary>
    public double[]? Gross { get; }

    /// <summary>Cost as a fraction of equity, <c>[T]</c>, or null.</summary>
    public double[]? Cost { get; }

    /// <summary>Σ|Δw|, <c>[T]</c>, or null.</summary>
    public double[]? Turnover { get; }

    /// <summary>Σ|w|, <c>[T]</c>, or null.</summary>
    public double[]? Exposure { get; }

    /// <summary>The part of the cost that no trade caused, <c>[T]</c>, or null.</summary>
    public double[]? Holding { get; }

    /// <summary>T, the number of returns.</summary>
    public int Count => Net.Length;

    /// <summary>The rows from <paramref name="first"/> on, <paramref name="count"/> of them, copied.</summary>
    /// <param name="first">The first row, from 0.</param>
    /// <param name="count">How many rows.</param>
    public ReturnSeries Slice(int first, int count)
    {
        double[]? Cut(double[]? column) => column?[first..(first + count)];
        return new ReturnSeries(Dates?[first..(first + count)], Cut(Net)!, Cut(Gross), Cut(Cost), Cut(Turnover), Cut(Exposure), Cut(Holding));
    }
}
