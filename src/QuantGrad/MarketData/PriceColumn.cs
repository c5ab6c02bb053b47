namespace QuantGrad.MarketData;

/// <summary>What a column of a price file holds.</summary>
public enum PriceColumn
{
    /// <summary>Nothing that is used.</summary>
    Ignored,

    /// <summary>The date, or date and time.</summary>
    Date,

    /// <summary>The time of day, where it stands beside the date.</summary>
    Time,

    /// <summary>The symbol of the row.</summary>
    Symbol,

    /// <summary>The first price.</summary>
    Open,

    /// <summary>The highest price.</summary>
    High,

    /// <summary>The lowest price.</summary>
    Low,

    /// <summary>The last price.</summary>
    Close,

    /// <summary>The last price adjusted for splits and dividends.</summary>
    AdjustedClose,

    /// <summary>The traded volume.</summary>
    Volume,

    /// <summary>A symbol's close, in a wide file.</summary>
    WideClose,
}

/// <summary>The names that vendors give to their columns.</summary>
internal static class ColumnNames
{
    private static readonly Dictionary<string, PriceColumn> Known = new(StringComparer.Ordinal)
    {
        ["date"] = PriceColumn.Date, ["datetime"] = PriceColumn.Date, ["timestamp"] = PriceColumn.Date, ["dateutc"] = PriceColumn.Date,
        ["datetimeutc"] = PriceColumn.Date, ["gmttime"] = PriceColumn.Date, ["localtime"] = PriceColumn.Date, ["day"] = PriceColumn.Date,
        ["tradedate"] = PriceColumn.Date, ["tradingday"] = PriceColumn.Date, ["observationdate"] = PriceColumn.Date, ["opentime"] = PriceColumn.Date,
        ["timestampunix"] = PriceColumn.Date, ["unix"] = PriceColumn.Date, ["unixtime"] = PriceColumn.Date, ["endtimems"] = PriceColumn.Date,
        ["epoch"] = PriceColumn.Date, ["dtyyyymmdd"] = PriceColumn.Date, ["time"] = PriceColumn.Time,
        ["symbol"] = PriceColumn.Symbol, ["ticker"] = PriceColumn.Symbol, ["instrument"] = PriceColumn.Symbol, ["asset"] = PriceColumn.Symbol, ["secid"] = PriceColumn.Symbol,
        ["open"] = PriceColumn.Open, ["openprice"] = PriceColumn.Open, ["opening"] = PriceColumn.Open, ["o"] = PriceColumn.Open,
        ["high"] = PriceColumn.High, ["highprice"] = PriceColumn.High, ["max"] = PriceColumn.High, ["h"] = PriceColumn.High,
        ["low"] = PriceColumn.Low, ["lowprice"] = PriceColumn.Low, ["min"] = PriceColumn.Low, ["l"] = PriceColumn.Low,
        ["close"] = PriceColumn.Close, ["closeprice"] = PriceColumn.Close, ["price"] = PriceColumn.Close, ["last"] = PriceColumn.Close,
        ["closelast"] = PriceColumn.Close, ["closing"] = PriceColumn.Close, ["value"] = PriceColumn.Close, ["c"] = PriceColumn.Close, ["settle"] = PriceColumn.Close,
        ["adjclose"] = PriceColumn.AdjustedClose, ["adjustedclose"] = PriceColumn.AdjustedClose, ["closeadj"] = PriceColumn.AdjustedClose, ["adjcloseprice"] = PriceColumn.AdjustedClose,
        ["volume"] = PriceColumn.Volume, ["vol"] = PriceColumn.Volume, ["tickvol"] = PriceColumn.Volume, ["tickvolume"] = PriceColumn.Volume, ["v"] = PriceColumn.Volume,
    };

    /// <summary>The name without case, blanks and marks: <c>Adj Close</c>, <c>adj_close</c> and <c>&lt;ADJCLOSE&gt;</c> are one.</summary>
    internal static string Key(string name) =>
        string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    /// <summary>What a column of this name holds in a long or one-symbol file.</summary>
    internal static PriceColumn Of(string name) => Known.GetValueOrDefault(Key(name));

    /// <summary>
    /// The roles of a header's columns: every role once. Of several dates the one in words wins over an epoch; of several volumes the real
    /// one over the count of ticks, unless <paramref name="ticksAreVolume"/>.
    /// </summary>
    internal static PriceColumn[] Roles(IReadOnlyList<string> header, Func<int, bool> isEpoch, bool ticksAreVolume)
    {
        var roles = header.Select(Of).ToArray();
        // C, V, O, H and L are also listed companies: letters are columns only where all four prices have one.
        if (!"ohlc".All(letter => header.Any(name => Key(name).AsSpan().SequenceEqual([letter]))))
            for (var i = 0; i < roles.Length; i++) if (Key(header[i]).Length == 1) roles[i] = PriceColumn.Ignored;
        if (!roles.Contains(PriceColumn.Date))
        {
            // A data frame saved with its index has no name over the dates; some files name the date "time".
            var unnamed = Array.FindIndex([.. header], name => Key(name) is "" or "unnamed0" or "index");
            var time = Array.IndexOf(roles, PriceColumn.Time);
            if (unnamed == 0) roles[0] = PriceColumn.Date;
            else if (time >= 0) roles[time] = PriceColumn.Date;
        }

        var date = Array.FindIndex(roles, role => role == PriceColumn.Date);
        for (var i = 0; i < roles.Length; i++)
            if (roles[i] == PriceColumn.Date && date >= 0 && isEpoch(date) && !isEpoch(i)) date = i;
        for (var i = 0; i < roles.Length; i++)
        {
            if (roles[i] == PriceColumn.Volume && ticksAreVolume != Key(header[i]).StartsWith("tick", StringComparison.Ordinal) && Array.FindAll(roles, role => role == PriceColumn.Volume).Length > 1)
                roles[i] = PriceColumn.Ignored;
            if (roles[i] == PriceColumn.Date ? i != date : roles[i] != PriceColumn.Ignored && Array.IndexOf(roles, roles[i]) < i) roles[i] = PriceColumn.Ignored;
        }

        return roles;
    }
}
