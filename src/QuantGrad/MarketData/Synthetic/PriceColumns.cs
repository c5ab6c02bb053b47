namespace QuantGrad.MarketData.Synthetic;

/// <summary>The prices of a market in the making, rounded as its files will hold them.</summary>
internal sealed class PriceColumns
{
    private readonly string[] _symbols;
    private readonly DateTime[] _dates;
    private readonly double _unit;
    private readonly double[][] _open, _high, _low, _close, _volume;

    internal PriceColumns(string[] symbols, DateTime[] dates, int decimals)
    {
        (_symbols, _dates, _unit) = (symbols, dates, decimals == 4 ? 1e4 : 1e6);
        double[][] Empty() => [.. symbols.Select(_ => { var column = new double[dates.Length]; Array.Fill(column, double.NaN); return column; })];
        (_open, _high, _low, _close, _volume) = (Empty(), Empty(), Empty(), Empty(), Empty());
    }

    /// <summary>Notes one bar.</summary>
    /// <returns>The close as it was rounded.</returns>
    internal double Set(int asset, int step, double open, double high, double low, double close, double volume)
    {
        _open[asset][step] = Round(open);
        _high[asset][step] = Round(high);
        _low[asset][step] = Round(low);
        _close[asset][step] = Round(close);
        _volume[asset][step] = 100 * (long)(volume / 100);
        return _close[asset][step];
    }

    internal Panel ToPanel() => new(_dates, _symbols, _open, _high, _low, _close, _volume);

    // Through an integer: what is written with this many decimals reads back as the same double.
    private double Round(double price) => Math.Max(1, (long)((price * _unit) + 0.5)) / _unit;
}

/// <summary>The names of synthetic symbols.</summary>
internal static class SymbolLists
{
    private static readonly string[] Trees = ["ALDER", "ASH", "BEECH", "BIRCH", "CEDAR", "ELM", "FIR", "HAZEL", "LARCH", "MAPLE", "OAK", "PINE"];

    /// <summary>Trees first, then T013, T014, …; in ordinal order.</summary>
    internal static string[] Names(int count) =>
        [.. Enumerable.Range(0, count).Select(i => i < Trees.Length ? Trees[i] : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"T{i + 1:000}"))];
}
