namespace QuantGrad.MarketData.Downloading;

/// <summary>Stooq's download of one symbol as CSV.</summary>
/// <param name="fetcher">Fetches.</param>
/// <param name="baseAddress">Such as <c>https://stooq.com</c>.</param>
/// <param name="key">The key of the user; it stands in no message.</param>
internal sealed class StooqDaily(PriceFetcher fetcher, Uri baseAddress, string? key) : IPriceSource
{
    public Task<BarSeries> FetchAsync(DownloadRequest request, DefectLog log, CancellationToken cancellation)
    {
        var interval = request.Interval switch
        {
            "1d" => "d",
            "1wk" or "1w" => "w",
            "1mo" => "m",
            _ => throw new UsageException($"--interval is {request.Interval}; Stooq has 1d, 1wk and 1mo."),
        };
        var query = $"s={Uri.EscapeDataString(request.Symbol.ToLowerInvariant())}&d1={request.From:yyyyMMdd}&d2={request.To:yyyyMMdd}&i={interval}" + (key is null ? "" : $"&apikey={Uri.EscapeDataString(key)}");
        return fetcher.FetchAsync(
            new Uri(baseAddress, $"/q/d/l/?{query}"),
            body =>
            {
                Answers.RefuseWebPage(request.Symbol, body);
                return Answers.ReadCsv(request.Symbol, body, log);
            },
            null,
            cancellation);
    }
}
