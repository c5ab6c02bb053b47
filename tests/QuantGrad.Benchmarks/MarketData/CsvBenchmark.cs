using System.Globalization;
using CsvHelper;
using QuantGrad.MarketData;
using QuantGrad.MarketData.Caching;

namespace QuantGrad.Benchmarks.MarketData;

/// <summary>
/// <c>csv</c>: one file of 1,000,000 minute bars (date and time, open, high, low, close, volume). The rival is the fast path of CsvHelper, the library that we
/// read with: <c>Read</c>, <c>GetSpan</c> and an exact digit parser into arrays made beforehand, without any check, layout detection, line numbers or hash.
/// </summary>
internal static class CsvBenchmark
{
    private const int Rows = 1_000_000;

    internal static IEnumerable<Comparison> Run(int? rounds)
    {
        var folder = Directory.CreateTempSubdirectory("quantgrad-csv-");
        try
        {
            var path = Path.Combine(folder.FullName, "MINUTES.csv");
            WriteFile(path);
            var (ticks, columns) = (new long[Rows], Enumerable.Range(0, 5).Select(_ => new double[Rows]).ToArray());
            void Bare() => ReadBare(path, ticks, columns);
            void Ours() => Expect(MarketDataLoader.Inspect([path], null, null, PriceCache.None).Panel);
            Bare();
            var panel = MarketDataLoader.Inspect([path], null, null, PriceCache.None).Panel;
            if (!panel.Close[0].AsSpan().SequenceEqual(columns[3]) || panel.Dates[^1].Ticks != ticks[^1]) throw new InvalidOperationException("both must read the same");
            var count = rounds ?? 5;
            yield return Comparison.Alternate("1M bars, checked", Ours, "CsvHelper Read + GetSpan, unchecked", Bare, count);
            MarketDataLoader.Inspect([path]);
            yield return Comparison.Alternate("1M bars, second read", () => Expect(MarketDataLoader.Inspect([path]).Panel), "our first read", Ours, count);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Expect(Panel panel)
    {
        if (panel.Steps != Rows) throw new InvalidOperationException($"{panel.Steps} bars were read");
    }

    private static void ReadBare(string path, long[] ticks, double[][] columns)
    {
        using var reader = CsvReader.FromFile(path, new CsvReaderOptions { Separator = ',' });
        for (var row = 0; reader.Read(); row++)
        {
            ticks[row] = Stamp(reader.GetSpan(0));
            for (var column = 0; column < columns.Length; column++) _ = NumberText.TryParsePlain(reader.GetSpan(column + 1), out columns[column][row]);
        }
    }

    // 2005-01-03 09:30:00 at fixed places.
    private static long Stamp(ReadOnlySpan<byte> text)
    {
        static int Two(ReadOnlySpan<byte> at) => ((at[0] - '0') * 10) + at[1] - '0';
        return new DateTime((Two(text) * 100) + Two(text[2..]), Two(text[5..]), Two(text[8..])).Ticks
            + (((Two(text[11..]) * 3600L) + (Two(text[14..]) * 60L) + Two(text[17..])) * TimeSpan.TicksPerSecond);
    }

    private static void WriteFile(string path)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine("date,open,high,low,close,volume");
        var (state, price) = (12345ul, 40_000);
        for (var row = 0; row < Rows; row++)
        {
            int Draw(int below) { state = (state * 6364136223846793005) + 1442695040888963407; return (int)((state >> 33) % (ulong)below); }
            var open = price;
            price = Math.Max(10_000, price + Draw(41) - 20);
            var (high, low) = (Math.Max(open, price) + Draw(15), Math.Min(open, price) - Draw(15));
            var time = new DateTime(2005, 1, 3).AddDays(row / 1440 / 5 * 7).AddMinutes(row % 7200);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd HH:mm:ss},{open / 1000.0:F3},{high / 1000.0:F3},{low / 1000.0:F3},{price / 1000.0:F3},{Draw(900_000) + 1000}"));
        }
    }
}
