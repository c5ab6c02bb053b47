using System.Globalization;

namespace QuantGrad.MarketData;

/// <summary>How a file lays symbols out.</summary>
public enum PriceShape
{
    /// <summary>One symbol, named by the file.</summary>
    Single,

    /// <summary>A symbol column: several symbols below one another.</summary>
    Long,

    /// <summary>A column of closes for each symbol.</summary>
    Wide,
}

/// <summary>Everything that was found out about a price file before its rows are read.</summary>
/// <param name="Source">Whose layout it is: <c>yahoo</c>, <c>stooq</c>, <c>stooq-bulk</c>, <c>binance</c>, <c>alpha-vantage</c>, <c>tiingo</c>,
/// <c>metatrader5</c>, <c>dukascopy</c>, <c>lean</c>, or <c>generic</c>.</param>
/// <param name="Shape">How symbols are laid out.</param>
/// <param name="Separator">Between the cells.</param>
/// <param name="Header">The header's cells; empty where the file has none.</param>
/// <param name="Columns">What each column holds.</param>
/// <param name="Date">How dates are written.</param>
/// <param name="Numbers">How numbers are written.</param>
/// <param name="PriceDivisor">Prices are divided by it (LEAN's are 10,000 times the price).</param>
/// <param name="StampsOpen">Intraday bars are stamped at their open, so the bar's length is added to the stamp.</param>
/// <param name="Compression"><c>none</c>, <c>gzip</c> or <c>zip</c>.</param>
/// <param name="Encoding">The encoding and whether there is a byte-order mark.</param>
public sealed record PriceFormat(
    string Source, PriceShape Shape, char Separator, IReadOnlyList<string> Header, IReadOnlyList<PriceColumn> Columns, DateStyle Date,
    NumberStyle Numbers, double PriceDivisor, bool StampsOpen, string Compression, string Encoding)
{
    /// <summary>Whether the file has opens, highs and lows.</summary>
    public bool HasOpenHighLow => Has(PriceColumn.Open) && Has(PriceColumn.High) && Has(PriceColumn.Low);

    /// <summary>Whether the file has volumes.</summary>
    public bool HasVolume => Has(PriceColumn.Volume);

    /// <summary>Whether open, high and low are scaled by adjusted close ÷ close.</summary>
    public bool IsAdjusted => Has(PriceColumn.AdjustedClose) && Has(PriceColumn.Close);

    /// <summary>The names of the columns that are not used.</summary>
    public IEnumerable<string> IgnoredColumns => Header.Where((_, i) => Columns[i] == PriceColumn.Ignored);

    /// <summary>Whether a column of this kind was found.</summary>
    public bool Has(PriceColumn column) => Columns.Contains(column);

    /// <summary>The layout in words, in the order in which it was found out.</summary>
    public string Describe()
    {
        var date = Date.Order switch
        {
            DateOrder.YearMonthDay => "yyyy-MM-dd",
            DateOrder.DayMonthYear => "dd.MM.yyyy",
            DateOrder.MonthDayYear => "MM/dd/yyyy",
            DateOrder.Compact => "yyyyMMdd",
            DateOrder.MonthName => "dates with an English month",
            _ => $"epoch {Date.Unit.ToString().ToLowerInvariant()}",
        };
        var separator = Separator switch { '\t' => "tab", ',' => "comma", ';' => "semicolon", _ => $"'{Separator}'" };
        var parts = new List<string> { $"{Source} {Shape.ToString().ToLowerInvariant()}", $"separator {separator}", date };
        if (Header.Count == 0) parts.Add("no header");
        if (Numbers.Decimal == ',') parts.Add("decimal comma");
        if (Numbers.Group != '\0') parts.Add($"thousands '{Numbers.Group}'");
        if (IsAdjusted) parts.Add("open, high, low scaled by adjusted close");
        if (PriceDivisor != 1) parts.Add(string.Create(CultureInfo.InvariantCulture, $"prices ÷ {PriceDivisor}"));
        if (StampsOpen) parts.Add("stamped at the open");
        if (Encoding != "UTF-8") parts.Add(Encoding);
        if (Compression != "none") parts.Add(Compression);
        if (IgnoredColumns.Any()) parts.Add($"not used: {string.Join(", ", IgnoredColumns.Select(name => name.Length == 0 ? "(unnamed)" : name))}");
        return string.Join(", ", parts);
    }
}
