using System.Globalization;
using QuantGrad.Indicators;
using QuantGrad.MarketData;

namespace QuantGrad.Tests.Indicators;

/// <summary>Published results of Stock.Indicators: whole where the reference folder is at hand, every 25th row in the Golden folder.</summary>
internal static class ReferenceSeries
{
    private static readonly string[] Ignored = ["timestamp", "date", "chikouspan", "line"];
    private static readonly string[] OfTheCandle = ["candle.timestamp", "candle.open", "candle.high", "candle.low", "candle.close", "candle.volume", "candle.date"];

    /// <summary>The 502 daily bars of the published results, and the close of the series that two-series indicators compare with.</summary>
    public static (Bar[] Bars, double[] Other) Input { get; } = ReadInput();

    /// <summary>The excerpt in the repository: rows of an indicator's columns, by its file name.</summary>
    public static Published Excerpt(string name) =>
        Read(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "indicators", name + ".csv")));

    /// <summary>The whole published result, or null where the reference folder is missing.</summary>
    public static Published? Whole(string name) =>
        SharedFolder() is { } shared ? Read(File.ReadLines(Path.Combine(shared, "reference", "indicators", name + ".csv"))) : null;

    /// <summary>The bars that an indicator of this definition reads in the published results.</summary>
    public static Bar[] BarsFor(IndicatorDefinition definition) =>
        definition.TakesSecond ? [.. Input.Bars.Select((bar, i) => Bar.OfValue(bar.Time, Input.Other[i]) with { Open = bar.Close })] : Input.Bars;

    private static string? SharedFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(Path.Combine(shared, "reference", "indicators"))) return shared;
        }
        return null;
    }

    private static Published Read(IEnumerable<string> lines)
    {
        var rows = lines.Select(line => line.Split(',')).ToArray();
        var header = rows[0];
        var time = Array.IndexOf(header, "timestamp");
        var columns = new Dictionary<string, double[]>();
        for (var c = 0; c < header.Length; c++)
        {
            var name = IndicatorCatalog.Normalize(header[c].Replace("candle.", ""));
            if (OfTheCandle.Contains(header[c]) || Ignored.Contains(name)) continue;
            var column = c;
            columns[name] = [.. rows.Skip(1).Select(row => Number(row[column]))];
        }
        return new Published([.. rows.Skip(1).Select(row => Date(row[time]))], columns);
    }

    private static (Bar[] Bars, double[] Other) ReadInput()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "indicators", "_input.csv")).Skip(1).Select(line => line.Split(',')).ToArray();
        return ([.. rows.Select(r => new Bar(Date(r[0]), Number(r[1]), Number(r[2]), Number(r[3]), Number(r[4]), Number(r[5])))], [.. rows.Select(r => Number(r[6]))]);
    }

    private static DateTime Date(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    private static double Number(string text) => text switch
    {
        "" => double.NaN,
        "True" => 1,
        "False" => 0,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}

/// <summary>Published values: the dates of the rows, and each column (normalised name), NaN where empty.</summary>
internal sealed record Published(DateTime[] Dates, Dictionary<string, double[]> Columns);
