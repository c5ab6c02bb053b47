namespace QuantGrad.MarketData;

/// <summary>
/// The bars of all symbols on one calendar (the union of their dates). A symbol that has no bar on a date holds NaN there:
/// nothing is filled, neither from the past nor from the future.
/// </summary>
public sealed class Panel
{
    /// <summary>Makes a panel; every array is <c>[A][T]</c>.</summary>
    /// <param name="dates">The calendar, strictly increasing, length T.</param>
    /// <param name="symbols">Names, unique, length A, in ordinal order.</param>
    /// <param name="open">Opens, NaN where unknown.</param>
    /// <param name="high">Highs, NaN where unknown.</param>
    /// <param name="low">Lows, NaN where unknown.</param>
    /// <param name="close">Closes; NaN means that the symbol has no bar on the date.</param>
    /// <param name="volume">Volumes, NaN where unknown.</param>
    public Panel(DateTime[] dates, string[] symbols, double[][] open, double[][] high, double[][] low, double[][] close, double[][] volume)
    {
        Dates = dates;
        Symbols = symbols;
        Open = open;
        High = high;
        Low = low;
        Close = close;
        Volume = volume;
    }

    /// <summary>The calendar, <c>[T]</c>, strictly increasing, UTC.</summary>
    public DateTime[] Dates { get; }

    /// <summary>The symbols, <c>[A]</c>.</summary>
    public string[] Symbols { get; }

    /// <summary>Opens, <c>[A][T]</c>.</summary>
    public double[][] Open { get; }

    /// <summary>Highs, <c>[A][T]</c>.</summary>
    public double[][] High { get; }

    /// <summary>Lows, <c>[A][T]</c>.</summary>
    public double[][] Low { get; }

    /// <summary>Closes, <c>[A][T]</c>.</summary>
    public double[][] Close { get; }

    /// <summary>Volumes, <c>[A][T]</c>.</summary>
    public double[][] Volume { get; }

    /// <summary>T, the number of dates.</summary>
    public int Steps => Dates.Length;

    /// <summary>A, the number of symbols.</summary>
    public int Assets => Symbols.Length;

    /// <summary>Whether the symbol has a bar on the date.</summary>
    public bool HasBar(int step, int asset) => !double.IsNaN(Close[asset][step]);

    /// <summary>The symbol's bar on the date; its close is NaN where it has none.</summary>
    public Bar At(int step, int asset) =>
        new(Dates[step], Open[asset][step], High[asset][step], Low[asset][step], Close[asset][step], Volume[asset][step]);

    /// <summary>
    /// A symbol none of whose bars has an open, so that orders cannot be filled there; null where there is none. A symbol without a bar, as one is that is
    /// listed only after a panel's end, does not count.
    /// </summary>
    public string? SymbolWithoutOpens
    {
        get
        {
            for (var asset = 0; asset < Assets; asset++)
            {
                if (Array.TrueForAll(Open[asset], double.IsNaN) && !Array.TrueForAll(Close[asset], double.IsNaN)) return Symbols[asset];
            }

            return null;
        }
    }

    /// <summary>The first <paramref name="steps"/> dates, copied: a view that cannot see further.</summary>
    public Panel Until(int steps) => Slice(0, steps);

    /// <summary>The dates from <paramref name="first"/> on, <paramref name="count"/> of them, copied.</summary>
    public Panel Slice(int first, int count)
    {
        double[][] Cut(double[][] columns) => Array.ConvertAll(columns, column => column[first..(first + count)]);
        return new Panel(Dates[first..(first + count)], Symbols, Cut(Open), Cut(High), Cut(Low), Cut(Close), Cut(Volume));
    }
}
