using System.Text.RegularExpressions;

namespace QuantGrad.MarketData.Downloading;

/// <summary>Fetches symbols from a public source into CSV files.</summary>
public static partial class PriceDownload
{
    /// <summary>The sources and where they live.</summary>
    public static IReadOnlyDictionary<string, Uri> Sources { get; } = new Dictionary<string, Uri>(StringComparer.Ordinal)
    {
        ["yahoo"] = new("https://query1.finance.yahoo.com"),
        ["stooq"] = new("https://stooq.com"),
        ["binance"] = new("https://data.binance.vision"),
        ["binance-rest"] = new("https://api.binance.com"),
    };

    /// <summary>Fetches symbol after symbol; each file appears when its symbol is complete, checked and in order.</summary>
    /// <param name="source">One of <see cref="Sources"/>.</param>
    /// <param name="baseAddress">Another address than the source's own; null for that one.</param>
    /// <param name="key">The key that Stooq asks for.</param>
    /// <param name="requests">What to fetch.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="options">How patiently.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Takes lines about failures, waits and repairs.</param>
    /// <param name="cancellation">Ends the work; finished symbols are kept.</param>
    /// <returns>The files written.</returns>
    /// <exception cref="PriceDataException">There is no such symbol, or its bars would be refused by a run.</exception>
    /// <exception cref="QuantGradException">With exit code 75: the source does not answer as it should; another time it may.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(
        string source, Uri? baseAddress, string? key, IReadOnlyList<DownloadRequest> requests, string folder, DownloadOptions options, TimeProvider time, Action<string> tell, CancellationToken cancellation)
    {
        foreach (var request in requests)
        {
            if (!SymbolForm().IsMatch(request.Symbol)) throw new UsageException($"the symbol '{request.Symbol}' cannot name a file; expected letters, digits and . - = ^ _.");
            if (request.From > request.To) throw new UsageException($"--from {request.From:yyyy-MM-dd} is after --to {request.To:yyyy-MM-dd}.");
        }

        Directory.CreateDirectory(folder);
        using var fetcher = new PriceFetcher(options, time, tell);
        var address = baseAddress ?? Sources[source];
        IPriceSource from = source switch
        {
            "yahoo" => new YahooChart(fetcher, address, time),
            "stooq" => new StooqDaily(fetcher, address, key),
            "binance-rest" => new BinanceRest(fetcher, address, time),
            _ => new BinanceArchive(fetcher, address, folder, tell),
        };
        var files = new List<string>();
        foreach (var request in requests)
        {
            var log = new DefectLog();
            var bars = await from.FetchAsync(request, log, cancellation).ConfigureAwait(false);
            var panel = PostedBars.Align([bars], log).Panel;
            foreach (var defect in log.ToList()) tell(defect.ToString());
            files.AddRange(PriceWriter.WriteSymbolFiles(panel, folder));
        }

        return files;
    }

    [GeneratedRegex(@"^(?!\.+$)[A-Za-z0-9.^=_-]{1,40}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SymbolForm();
}
