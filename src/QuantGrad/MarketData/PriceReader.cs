using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;

namespace QuantGrad.MarketData;

/// <summary>Reads one price file of any known layout.</summary>
internal sealed class PriceReader
{
    private readonly PriceText _text;
    private readonly PriceFormat _format;
    private readonly DefectLog _log;
    private readonly List<BarSeries> _series = [];
    private readonly Dictionary<string, BarSeries> _bySymbol = new(StringComparer.Ordinal);
    private readonly bool _isPlain, _isIso;
    private readonly BarSource _source;
    private readonly int _date, _time, _symbol, _open, _high, _low, _close, _adjusted, _volume;

    private readonly int _begin;

    private PriceReader(PriceText text, PriceFormat format, DefectLog log, int begin = 0)
    {
        (_text, _format, _log, _begin, _isPlain) = (text, format, log, begin, format.Numbers == NumberStyle.Invariant);
        _isIso = format.Date.Order == DateOrder.YearMonthDay && !format.Has(PriceColumn.Time);
        _source = new BarSource(text.Path, text.Lines);
        int Find(PriceColumn column) => format.Columns.ToList().IndexOf(column);
        (_date, _time, _symbol, _open, _high, _low) = (Find(PriceColumn.Date), Find(PriceColumn.Time), Find(PriceColumn.Symbol), Find(PriceColumn.Open), Find(PriceColumn.High), Find(PriceColumn.Low));
        (_close, _adjusted, _volume) = (Find(PriceColumn.Close), Find(PriceColumn.AdjustedClose), Find(PriceColumn.Volume));
    }

    /// <summary>Reads the bars of a file; what is wrong with it goes to the log.</summary>
    internal static PriceFile Read(PriceText text, DefectLog log)
    {
        var path = text.Path;
        var format = FormatDetector.Detect(text, log);
        if (format is null) return new PriceFile(path, null, [], text.Hash);
        if (PriceParts.TryRead(text, format) is { } series) return new PriceFile(path, format, [series], text.Hash);
        var reader = new PriceReader(text, format, log);
        using var csv = CsvReader.Create(text.Utf8, reader.Options(format.Header.Count > 0));
        if (format.Shape == PriceShape.Wide) reader.ReadWide(csv);
        else reader.ReadBars(csv, format.Shape == PriceShape.Single ? reader.AddSeries(text.Symbol ?? SymbolNames.OfFile(path, format.Source), 1024) : null);
        return new PriceFile(path, format, reader._series, text.Hash);
    }

    /// <summary>Reads the rows of a part of a one-symbol file into a series.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="format">Its layout.</param>
    /// <param name="begin">Where the part begins; a header only stands at 0.</param>
    /// <param name="end">Where it ends, behind a line's end.</param>
    /// <param name="series">Takes the bars.</param>
    /// <param name="log">Takes what is wrong.</param>
    internal static void ReadPart(PriceText text, PriceFormat format, int begin, int end, BarSeries series, DefectLog log)
    {
        var reader = new PriceReader(text, format, log, begin);
        using var csv = CsvReader.Create(text.Utf8.AsMemory(begin, end - begin), reader.Options(begin == 0 && format.Header.Count > 0));
        reader.ReadBars(csv, series);
    }

    private CsvReaderOptions Options(bool hasHeader) =>
        new() { Separator = _format.Separator, HasHeader = hasHeader, DetectSeparatorHint = false, AllowLineBreaksInQuotes = false };

    private void ReadBars(CsvReader csv, BarSeries? single)
    {
        var (divisor, width) = (_format.PriceDivisor, _format.Columns.Count);
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
                _log.Add(DefectCodes.NullRow, Place(csv, series.Symbol) with { Date = new DateTime(ticks, DateTimeKind.Utc) }, $"{series.Symbol} has no close on this row; the row is left out.");
                continue;
            }

            if (divisor != 1) (open, high, low, close) = (open / divisor, high / divisor, low / divisor, close / divisor);
            series.Add(ticks, _begin + (int)csv.ByteOffset, open, high, low, close, volume);
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
                if (Number(csv, index, series, out var close) && !double.IsNaN(close)) series.Add(ticks, _begin + (int)csv.ByteOffset, close);
        }

        foreach (var (_, series) in columns)
            if (series.Count == 0) _log.Add(DefectCodes.EmptySymbol, new BarPlace(_text.Path, 1, series.Symbol), $"{series.Symbol} has no value in the whole file; it is left out.");
        _series.RemoveAll(series => series.Count == 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Number(CsvReader csv, int column, BarSeries series, out double value)
    {
        var cell = csv.GetSpan(column);
        return (_isPlain && NumberText.TryParsePlain(cell, out value)) || UnusualNumber(csv, cell, column, series, out value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool UnusualNumber(CsvReader csv, ReadOnlySpan<byte> cell, int column, BarSeries series, out double value)
    {
        value = double.NaN;
        if (NumberText.IsNull(cell) || NumberText.TryParse(cell, _format.Numbers, out value)) return true;
        var name = _format.Header.Count > 0 ? _format.Header[column] : $"column {column + 1}";
        _log.Add(DefectCodes.BadCell, Place(csv, series.Symbol), $"'{Encoding.UTF8.GetString(cell)}' in {name} is not a number; expected one such as 123.45, or an empty cell.");
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryDate(CsvReader csv, out long ticks)
    {
        var cell = csv.GetSpan(_date);
        return (_isIso && DateText.TryParseIso(cell, out ticks)) || UnusualDate(csv, cell, out ticks);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool UnusualDate(CsvReader csv, ReadOnlySpan<byte> cell, out long ticks)
    {
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
        _log.Add(DefectCodes.BadDate, Place(csv), $"'{found}' is not a date of this file's form; expected one such as {example}.");
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
            var isLast = _text.Utf8[^1] != '\n' && _begin + csv.ByteOffset + csv.RawRecord.Length >= _text.Utf8.Length;
            if (isLast)
            {
                _log.Add(DefectCodes.PartialLastLine, Place(csv), $"the last line breaks off after {csv.FieldCount} of {width} cells; it is left out.");
                return false;
            }
        }
        else if (Enumerable.Range(width, csv.FieldCount - width).All(i => csv.IsEmpty(i)))
        {
            return true;
        }

        _log.Add(DefectCodes.RaggedRow, Place(csv), $"the row has {csv.FieldCount} cells; expected {width} as in the header.");
        return false;
    }

    private BarPlace Place(CsvReader csv, string symbol = "") => new(_text.Path, _text.Lines.LineOf(_begin + (int)csv.ByteOffset), symbol);

    private BarSeries SeriesOf(CsvReader csv)
    {
        Span<char> name = stackalloc char[64];
        var cell = csv.GetSpan(_symbol);
        var symbol = cell.Length <= name.Length ? name[..Encoding.UTF8.GetChars(cell, name)] : Encoding.UTF8.GetString(cell).ToCharArray();
        return _bySymbol.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(symbol.Trim(), out var known) ? known : AddSeries(symbol.Trim().ToString(), 1024);
    }

    private BarSeries AddSeries(string symbol, int capacity)
    {
        var series = new BarSeries(symbol, _source, _format.HasOpenHighLow, _format.HasVolume, capacity) { StampsOpen = _format.StampsOpen };
        _bySymbol.TryAdd(symbol, series);
        _series.Add(series);
        return series;
    }
}
