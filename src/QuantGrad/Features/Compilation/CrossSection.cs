namespace QuantGrad.Features.Compilation;

/// <summary>A figure that compares the symbols of one date. Only symbols with a bar and a defined value take part.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Operand">The slot it reads.</param>
/// <param name="Result">The slot it writes.</param>
internal sealed record CrossSection(string Kind, int Operand, int Result)
{
    /// <summary>The names in formulas: rank in [0, 1] (ties share their mean rank), demean, z-score (divisor n − 1), mean.</summary>
    public static readonly string[] Names = ["rank", "demean", "cs_zscore", "cs_mean"];

    /// <summary>Replaces the values (NaN: does not take part) by the figure; needs as much scratch space.</summary>
    public static void Apply(string kind, Span<double> values, Span<double> scratch)
    {
        var count = 0;
        foreach (var value in values)
            if (!double.IsNaN(value)) scratch[count++] = value;
        var alive = scratch[..count];
        if (kind == "rank") Rank(values, alive);
        else Centre(kind, values, alive);
    }

    private static void Rank(Span<double> values, Span<double> alive)
    {
        alive.Sort();
        foreach (ref var value in values)
        {
            if (double.IsNaN(value)) continue;
            var below = LowerBound(alive, value);
            var ties = LowerBound(alive, Math.BitIncrement(value)) - below;
            value = alive.Length == 1 ? 0.5 : (below + (ties - 1) / 2.0) / (alive.Length - 1);
        }
    }

    private static int LowerBound(ReadOnlySpan<double> sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static void Centre(string kind, Span<double> values, ReadOnlySpan<double> alive)
    {
        var total = 0.0;
        foreach (var value in alive) total += value;
        var mean = total / alive.Length;
        var squares = 0.0;
        foreach (var value in alive) squares += (value - mean) * (value - mean);
        var deviation = alive.Length > 1 ? Math.Sqrt(squares / (alive.Length - 1)) : double.NaN;
        foreach (ref var value in values)
        {
            if (double.IsNaN(value)) continue;
            value = kind switch
            {
                "demean" => value - mean,
                "cs_mean" => mean,
                _ => deviation > 0 ? (value - mean) / deviation : double.NaN,
            };
        }
    }
}
