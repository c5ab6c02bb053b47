using System.Text;
using CsvHelper;

namespace QuantGrad.MarketData;

/// <summary>One price file, read: its symbols' bars in the file's order, its layout and what was wrong with it.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Format">The layout; null where it was not recognised.</param>
/// <param name="Series">The bars of each symbol.</param>
/// <param name="Log">The defects met while reading.</param>
/// <param name="Sha256">The hash of the file as it lies on the disk.</param>
internal sealed record PriceFile(string Path, PriceFormat? Format, IReadOnlyList<BarSeries> Series, DefectLog Log, Task<string> Sha256);

/// <summary>Reads one price file of any known layout.</summary>
internal sealed class PriceReader
{
    private readonly PriceText _text;
    private readonly PriceFormat _format;
    private readonly DefectLog _log;
    private readonly List<BarSeries> _series = [];
    private readonly Dictionary<string, BarSeries> _bySymbol = new(StringComparer.Ordinal);
    private readonly int _date, _time, _symbol, _open, _high, _low, _close, _adjusted, _volume;

    private PriceReader(PriceText text, PriceFormat format, DefectLog log)
    {
        (_text, _format, _log) = (text, format, log);
        int Find(PriceColumn column) => format.Columns.ToList().IndexOf(column);
        (_date, _time, _symbol, _open, _high, _low) = (Find(PriceColumn.Date), Find(PriceColumn.Time), Find(PriceColumn.Symbol), Find(PriceColumn.Open), Find(PriceColumn.High), Find(PriceColumn.Low));
        (_close, _adjusted, _volume) = (Find(PriceColumn.Close), Find(PriceColumn.AdjustedClose), Find(PriceColumn.Volume));
    }

    /// <summary>Reads the file; what is wrong with it stands in the result's log.</summary>
    /// <exception cref="PriceDataException">The file is missing or cannot be unpacked.</exception>
    internal static PriceFile Read(string path) => Read(PriceText.Read(path));

    /// <summary>Reads a text at hand; what is wrong with it stands in the result's log.</summary>
    internal static PriceFile Read(PriceText text)
    {
        var log = new DefectLog(text.Path);
        var format = FormatDetector.Detect(text, log);
        if (format is null) return new PriceFile(text.Path, null, [], log, text.Sha256);
        var reader = new PriceReader(text, format, log);
        reader.ReadRows();
        return new PriceFile(text.Path, format, reader._series, log, text.Sha256);
    }

    private void ReadRows()
    {
        var options = new CsvReaderOptions
        {
            Separator = _format.Separator, HasHeader = _format.Header.Count > 0, DetectSeparatorHint = false, TrackLineNumbers = true,
            TrimWhitespace = _format.Separator != '\t', AllowLineBreaksInQuotes = false,
        };
        using var csv = CsvReader.Create(_text.Utf8, options);
        if (_format.Shape == PriceShape.Wide) ReadWide(csv);
        else ReadBars(csv);
    }

    private void ReadBars(CsvReader csv)
    {
        var scale = _format.PriceScale;
        var single = _format.Shape == PriceShape.Single ? AddSeries(SymbolNames.OfFile(_text.Path, _format.Source), _text.Utf8.Length / 64) : null;
        var (numbers, width) = (_format.Numbers, _format.Columns.Count);
        var (hasRange, hasVolume) = (_format.HasOpenHighLow, _format.HasVolume);
        while (csv.Read())
        {
            if (csv.FieldCount != width && !IsUsable(csv, width)) continue;
            if (!TryDate(csv, out var ticks)) continue;
            var series = single ?? SeriesOf(csv);
            double open = double.NaN, high = double.NaN, low = double.NaN, volume = double.NaN, close = double.NaN, adjusted = double.NaN;
            var good = (_close < 0 || Number(csv, _close, series, out close)) & (_adjusted < 0 || Number(csv, _adjusted, series, out adjusted));
            if (hasRange) good &= Number(csv, _open, series, out open) & Number(csv, _high, series, out high) & Number(csv, _low, series, out low);
            if (hasVolume) good &= Number(csv, _volume, series, out volume);
            if (!good) continue;
            if (_adjusted >= 0)
            {
                var factor = _close >= 0 ? adjusted / close : 1;
                (open, high, low, close) = (open * factor, high * factor, low * factor, adjusted);
            }

            if (double.IsNaN(close))
            {
                _log.Add(DefectCodes.NullRow, csv.LineNumber32(), series.Symbol, new DateTime(ticks, DateTimeKind.Utc), $"{series.Symbol} has no close on this row; the row is left out.");
                continue;
            }

            series.Add(ticks, csv.LineNumber32(), open * scale, high * scale, low * scale, close * scale, volume);
        }
    }

    private void ReadWide(CsvReader csv)
    {
        var columns = new (int Index, BarSeries Series)[_format.Columns.Count(column => column == PriceColumn.WideClose)];
        for (int i = 0, next = 0; i < _format.Columns.Count; i++)
            if (_format.Columns[i] == PriceColumn.WideClose) columns[next++] = (i, AddSeries(_format.Header[i].Trim(), 1024));
        while (csv.Read())
        {
            if (csv.FieldCount != _format.Columns.Count && !IsUsable(csv, _format.Columns.Count)) continue;
            if (!TryDate(csv, out var ticks)) continue;
            foreach (var (index, series) in columns)
                if (Number(csv, index, series, out var close) && !double.IsNaN(close)) series.Add(ticks, csv.LineNumber32(), close);
        }

        foreach (var (_, series) in columns)
            if (series.Count == 0) _log.Add(DefectCodes.EmptySymbol, 1, series.Symbol, null, $"{series.Symbol} has no value in the whole file; it is left out.");
        _series.RemoveAll(series => series.Count == 0);
    }

    private bool Number(CsvReader csv, int column, BarSeries series, out double value)
    {
        var cell = csv.GetSpan(column);
        if (_format.Numbers == NumberStyle.Invariant && NumberText.TryParsePlain(cell, out value)) return true;
        if (NumberText.IsNull(cell)) { value = double.NaN; return true; }
        if (NumberText.TryParse(cell, _format.Numbers, out value)) return true;
        var name = _format.Header.Count > 0 ? _format.Header[column] : $"column {column + 1}";
        _log.Add(DefectCodes.BadCell, csv.LineNumber32(), series.Symbol, null, $"'{Encoding.UTF8.GetString(cell)}' in {name} is not a number; expected one such as 123.45, or an empty cell.");
        return false;
    }

    private bool TryDate(CsvReader csv, out long ticks)
    {
        var cell = csv.GetSpan(_date);
        if (DateText.TryParse(cell, _format.Date, out ticks) && (_time < 0 || DateText.TryAddTime(csv.GetSpan(_time), false, ref ticks))) return true;
        var found = Encoding.UTF8.GetString(cell) + (_time < 0 ? "" : " " + csv.GetString(_time));
        var example = _format.Date.Order switch
        {
            DateOrder.YearMonthDay => "2024-03-28",
            DateOrder.DayMonthYear => "28.03.2024",
            DateOrder.MonthDayYear => "3/28/2024",
            DateOrder.Compact => "20240328",
            DateOrder.MonthName => "28-Mar-2024",
            _ => "1711584000",
        };
        _log.Add(DefectCodes.BadDate, csv.LineNumber32(), "", null, $"'{found}' is not a date of this file's form; expected one such as {example}.");
        return false;
    }

    /// <summary>Whether a row of an unusual number of cells can be read: the surplus is empty, or only unused columns are missing.</summary>
    private bool IsUsable(CsvReader csv, int width)
    {
        var isShort = csv.FieldCount < width;
        if (isShort)
        {
            var missing = Enumerable.Range(csv.FieldCount, width - csv.FieldCount).Where(i => _format.Columns[i] != PriceColumn.Ignored).ToList();
            if (missing.Count == 0) return true;
            // A last line without its end is what a broken download leaves behind.
            var isLast = _text.Utf8[^1] != '\n' && csv.ByteOffset + csv.RawRecord.Length >= _text.Utf8.Length;
            if (isLast)
            {
                _log.Add(DefectCodes.PartialLastLine, csv.LineNumber32(), "", null, $"the last line breaks off after {csv.FieldCount} of {width} cells; it is left out.");
                return false;
            }
        }
        else if (Enumerable.Range(width, csv.FieldCount - width).All(i => csv.IsEmpty(i)))
        {
            return true;
        }

        _log.Add(DefectCodes.RaggedRow, csv.LineNumber32(), "", null, $"the row has {csv.FieldCount} cells; expected {width} as in the header.");
        return false;
    }

    private BarSeries SeriesOf(CsvReader csv)
    {
        Span<char> name = stackalloc char[64];
        var cell = csv.GetSpan(_symbol);
        var symbol = cell.Length <= name.Length ? name[..Encoding.UTF8.GetChars(cell, name)] : Encoding.UTF8.GetString(cell).ToCharArray();
        return _bySymbol.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(symbol.Trim(), out var known) ? known : AddSeries(symbol.Trim().ToString(), 1024);
    }

    private BarSeries AddSeries(string symbol, int capacity)
    {
        var series = new BarSeries(symbol, _text.Path, _format.HasOpenHighLow, _format.HasVolume, Math.Max(16, capacity));
        _bySymbol.TryAdd(symbol, series);
        _series.Add(series);
        return series;
    }
}
