using System.Globalization;
using CsvHelper;

namespace QuantGrad.MarketData;

/// <summary>Writes prices as CSV, one file a symbol, in the form that <see cref="MarketDataLoader"/> reads.</summary>
public static class PriceWriter
{
    /// <summary>Writes <c>SYMBOL.csv</c> (<c>date,open,high,low,close,volume</c>) for each symbol; each file appears whole or not at all.</summary>
    /// <param name="panel">The prices.</param>
    /// <param name="folder">Where to; made if it is missing.</param>
    /// <returns>The files written, in the order of the symbols.</returns>
    public static IReadOnlyList<string> WriteSymbolFiles(Panel panel, string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        for (var asset = 0; asset < panel.Assets; asset++)
        {
            var path = Path.Combine(folder, panel.Symbols[asset] + ".csv");
            var column = asset;
            PublishedFile.Write(path, stream => Write(panel, column, stream));
            files.Add(path);
        }

        return files;
    }

    /// <summary>Refuses a folder with price files of other symbols: a run would read them together.</summary>
    /// <param name="panel">The symbols that are to be written.</param>
    /// <param name="folder">Where to.</param>
    /// <exception cref="UsageException">A file of another symbol is there.</exception>
    public static void RequireOwnFolder(Panel panel, string folder)
    {
        if (!Directory.Exists(folder)) return;
        var own = panel.Symbols.Select(symbol => symbol + ".csv").ToHashSet(StringComparer.Ordinal);
        var other = Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!).Where(name => name.Contains(".csv", StringComparison.OrdinalIgnoreCase) && !own.Contains(name)).Order(StringComparer.Ordinal).FirstOrDefault();
        if (other is not null) throw new UsageException($"{folder} holds {other}, which a run would read together with the new files; name another folder.");
    }

    /// <summary>Writes one symbol's bars as CSV with LF line ends and the shortest digits that read back exactly.</summary>
    internal static void Write(Panel panel, int asset, Stream stream)
    {
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord("date", "open", "high", "low", "close", "volume");
        for (var step = 0; step < panel.Steps; step++)
        {
            if (!panel.HasBar(step, asset)) continue;
            csv.WriteField(SeriesOrder.Text(panel.Dates[step]));
            Number(csv, panel.Open[asset][step]);
            Number(csv, panel.High[asset][step]);
            Number(csv, panel.Low[asset][step]);
            Number(csv, panel.Close[asset][step]);
            Number(csv, panel.Volume[asset][step]);
            csv.EndRecord();
        }
    }

    private static void Number(CsvWriter csv, double value)
    {
        if (double.IsNaN(value)) csv.WriteField("");
        else csv.WriteField(value, default, CultureInfo.InvariantCulture);
    }
}
