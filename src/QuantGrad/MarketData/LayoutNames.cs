namespace QuantGrad.MarketData;

/// <summary>What a header (or the shape of a file without one) tells about the layout.</summary>
/// <param name="Source">Whose layout it is.</param>
/// <param name="Shape">How symbols are laid out.</param>
/// <param name="Columns">What each column holds.</param>
/// <param name="PriceDivisor">Prices are divided by it.</param>
/// <param name="StampsOpen">Whether intraday bars are stamped at their open.</param>
/// <param name="Problem">Why the file cannot be read, or null.</param>
internal sealed record Layout(string Source, PriceShape Shape, PriceColumn[] Columns, double PriceDivisor = 1, bool StampsOpen = false, string? Problem = null);

/// <summary>Recognises the layouts of vendors (DATA_FORMATS) by their headers.</summary>
internal static class LayoutNames
{
    private static readonly PriceColumn[] Ohlcv = [PriceColumn.Date, PriceColumn.Open, PriceColumn.High, PriceColumn.Low, PriceColumn.Close, PriceColumn.Volume];

    /// <summary>The layout of a file with a header.</summary>
    internal static Layout OfHeader(string[] header, List<string[]> body)
    {
        var keys = header.Select(ColumnNames.Key).ToArray();
        bool Named(params string[] names) => names.All(keys.Contains);
        // MetaTrader's <VOL> is often 0 throughout; its ticks are then the only volume there is.
        var volume = Array.IndexOf(keys, "vol");
        var ticksAreVolume = Named("tickvol") && (volume < 0 || body.All(row => volume >= row.Length || row[volume] is "0" or ""));
        var columns = ColumnNames.Roles(header, column => IsEpoch(body, column), ticksAreVolume);
        var source = Named("ticker", "per", "date", "openint") ? "stooq-bulk"
            : Named("tickvol") ? "metatrader5"
            : Named("splitcoefficient") || Named("dividendamount") ? "alpha-vantage"
            : Named("adjclose", "divcash") || Named("adjclose", "adjopen") ? "tiingo"
            : Named("gmttime") ? "dukascopy"
            : Named("opentime", "closetime") ? "binance"
            : keys.AsSpan().SequenceEqual(["date", "open", "high", "low", "close", "adjclose", "volume"]) ? "yahoo"
            : header.AsSpan().SequenceEqual(["Date", "Open", "High", "Low", "Close", "Volume"]) ? "stooq"
            : "generic";
        var stampsOpen = source is "binance" or "metatrader5" or "dukascopy";
        var hasClose = columns.Contains(PriceColumn.Close) || columns.Contains(PriceColumn.AdjustedClose);
        if (!columns.Contains(PriceColumn.Date)) return Refuse($"the header '{string.Join(',', header)}' names no date; expected a column such as date, timestamp or Date.");
        if (hasClose) return new Layout(source, columns.Contains(PriceColumn.Symbol) ? PriceShape.Long : PriceShape.Single, columns, StampsOpen: stampsOpen);
        if (columns.Contains(PriceColumn.High) && columns.Contains(PriceColumn.Low))
            return Refuse($"the header '{string.Join(',', header)}' names no close; expected a column such as close, Adj Close or Price.");
        if (header.Length < 2) return Refuse($"the header '{header[0]}' names only one column; expected date and close at least.");
        var date = Array.IndexOf(columns, PriceColumn.Date);
        for (var i = 0; i < columns.Length; i++)
            columns[i] = i == date ? PriceColumn.Date : ColumnNames.Of(header[i]) == PriceColumn.Date || header[i].Length == 0 ? PriceColumn.Ignored : PriceColumn.WideClose;
        return new Layout("generic", PriceShape.Wide, columns);
    }

    /// <summary>The layout of a file without a header, from the number of cells and the form of the first.</summary>
    internal static Layout WithoutHeader(List<string[]> body)
    {
        var cells = body.GroupBy(row => row.Length).MaxBy(group => group.Count())!.Key;
        var first = body[0];
        if (cells == 12 && IsEpoch(body, 0))
            return new Layout("binance", PriceShape.Single, [.. Ohlcv, .. new PriceColumn[6]], StampsOpen: true);
        if (cells == 6 && first[0].Length >= 14 && first[0][8] == ' ' && first[0].Take(8).All(char.IsAsciiDigit))
        {
            var scaled = body.All(row => row.Skip(1).Take(4).All(cell => !cell.Contains('.', StringComparison.Ordinal)));
            return new Layout("lean", PriceShape.Single, Ohlcv, scaled ? 10_000 : 1, StampsOpen: true);
        }

        return cells switch
        {
            2 => new Layout("generic", PriceShape.Single, [PriceColumn.Date, PriceColumn.Close]),
            5 => new Layout("generic", PriceShape.Single, Ohlcv[..5]),
            6 => new Layout("generic", PriceShape.Single, Ohlcv),
            7 when first[1].Contains(':', StringComparison.Ordinal) => new Layout("generic", PriceShape.Single, [PriceColumn.Date, PriceColumn.Time, .. Ohlcv[1..]]),
            _ => Refuse($"the file has no header and {cells} columns; expected a header, or 2 (date, close), 5, 6 (date, open, high, low, close, volume) or Binance's 12 columns."),
        };
    }

    private static bool IsEpoch(List<string[]> body, int column)
    {
        var evidence = new FormatEvidence();
        foreach (var row in body)
            if (column < row.Length) evidence.AddDate(row[column]);
        return evidence.IsEpoch;
    }

    private static Layout Refuse(string problem) => new("generic", PriceShape.Single, [], Problem: problem);
}
