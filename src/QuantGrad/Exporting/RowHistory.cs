namespace QuantGrad.Exporting;

/// <summary>
/// The newest rows of each symbol, in order and side by side, so that they are a window of the graph's input as they lie. Adding costs the same however many came
/// before: there is room for a quarter more rows than are kept, and they move to the front when it is used up.
/// </summary>
/// <param name="symbols">A.</param>
/// <param name="kept">Rows kept of each symbol, at least 1.</param>
/// <param name="width">Values a row, F.</param>
internal sealed class RowHistory(int symbols, int kept, int width)
{
    private readonly int room = kept + Math.Max(kept / 4, Math.Min(kept, 16));
    private readonly float[] values = new float[checked(symbols * (kept + Math.Max(kept / 4, Math.Min(kept, 16))) * width)];
    private readonly int[] begins = new int[symbols];
    private readonly int[] counts = new int[symbols];

    /// <summary>Rows that are there, at most those kept.</summary>
    public int Count(int symbol) => counts[symbol];

    /// <summary>The rows, oldest first, <c>[Count, F]</c>.</summary>
    public ReadOnlySpan<float> Rows(int symbol) => values.AsSpan((symbol * room + begins[symbol]) * width, counts[symbol] * width);

    /// <summary>Adds a symbol's newest row; the oldest goes where all are there.</summary>
    public void Add(int symbol, ReadOnlySpan<double> row)
    {
        if (counts[symbol] == kept)
        {
            begins[symbol]++;
            counts[symbol]--;
        }

        var own = values.AsSpan(symbol * room * width, room * width);
        if (begins[symbol] + counts[symbol] == room)
        {
            Rows(symbol).CopyTo(own);
            begins[symbol] = 0;
        }

        var place = own[((begins[symbol] + counts[symbol]) * width)..];
        for (var feature = 0; feature < width; feature++) place[feature] = (float)row[feature];
        counts[symbol]++;
    }
}
