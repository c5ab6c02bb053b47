using System.Text;

namespace QuantGrad.MarketData;

/// <summary>Finds a last line that broke off in the middle of a number, which nothing else shows: a cut number is a number.</summary>
internal static class LastLine
{
    // So many lines of one form before it are a rule that the last one broke.
    private const int LinesBefore = 20;

    /// <summary>
    /// Where the rows that are to be read end. The last line is left out where it has no line's end and its last cell fewer decimals than every line
    /// before it, which all have the same number of them.
    /// </summary>
    internal static int EndOfRows(PriceText text, PriceFormat format, DefectLog log)
    {
        ReadOnlySpan<byte> utf8 = text.Utf8;
        if (utf8[^1] == '\n' || format.Columns[^1] == PriceColumn.Ignored) return utf8.Length;
        var begin = utf8.LastIndexOf((byte)'\n') + 1;
        var last = Ending(utf8[begin..], format);
        if (last.Decimals < 0) return utf8.Length;
        var usual = -1;
        var rest = utf8[..begin];
        for (var line = 0; line < LinesBefore; line++)
        {
            if (rest.Length == 0) return utf8.Length;
            rest = rest[..^1];
            var start = rest.LastIndexOf((byte)'\n') + 1;
            var (cells, decimals) = Ending(rest[start..], format);
            if (cells != last.Cells || decimals <= last.Decimals || (line > 0 && decimals != usual)) return utf8.Length;
            usual = decimals;
            rest = rest[..start];
        }

        var cell = Encoding.UTF8.GetString(utf8[(begin + utf8[begin..].LastIndexOf((byte)format.Separator) + 1)..]).Trim();
        log.Add(
            DefectCodes.PartialLastLine, new BarPlace(text.Path, text.Lines.LineOf(begin)),
            $"the last line breaks off at '{cell}', where every line before it has {usual} decimals; it is left out.");
        return begin;
    }

    /// <summary>How many cells a line has and how many decimals its last one; -1 decimals where that is no plain number.</summary>
    private static (int Cells, int Decimals) Ending(ReadOnlySpan<byte> line, PriceFormat format)
    {
        line = line.TrimEnd((byte)'\r');
        var cell = line[(line.LastIndexOf((byte)format.Separator) + 1)..];
        var mark = cell.IndexOf((byte)format.Numbers.Decimal);
        var whole = mark < 0 ? cell : cell[..mark];
        var decimals = mark < 0 ? [] : cell[(mark + 1)..];
        var isPlain = whole.Length > 0 && !whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') && !decimals.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        return (line.Count((byte)format.Separator) + 1, isPlain ? decimals.Length : -1);
    }
}
