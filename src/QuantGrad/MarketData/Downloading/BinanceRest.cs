using System.Globalization;
using System.Text.Json;

namespace QuantGrad.MarketData.Downloading;

/// <summary>Binance's REST service: <c>/api/v3/klines</c>, 1000 bars a call.</summary>
/// <param name="fetcher">Fetches.</param>
/// <param name="baseAddress">Such as <c>https://api.binance.com</c>.</param>
/// <param name="time">The clock, which tells whether the last bar is finished.</param>
internal sealed class BinanceRest(PriceFetcher fetcher, Uri baseAddress, TimeProvider time) : IPriceSource
{
    private const int BarsACall = 1000;

    public async Task<BarSeries> FetchAsync(DownloadRequest request, DefectLog log, CancellationToken cancellation)
    {
        var series = new BarSeries(request.Symbol, BarSource.Numbered(request.Symbol), hasOpenHighLow: true, hasVolume: true);
        long Milliseconds(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
        var (from, end, now) = (Milliseconds(request.From), Milliseconds(request.To.AddDays(1)) - 1, time.GetUtcNow().ToUnixTimeMilliseconds());
        while (from <= end)
        {
            var query = FormattableString.Invariant($"symbol={Uri.EscapeDataString(request.Symbol)}&interval={Uri.EscapeDataString(request.Interval)}&startTime={from}&endTime={end}&limit={BarsACall}");
            var rows = await fetcher.FetchAsync(new Uri(baseAddress, $"/api/v3/klines?{query}"), body => Read(request.Symbol, body), null, cancellation).ConfigureAwait(false);
            foreach (var row in rows)
            {
                // Bars of a day or more carry their date; shorter ones the moment at which they are complete.
                var length = row.CloseTime + 1 - row.OpenTime;
                var stamp = DateTime.UnixEpoch.Ticks + ((length >= 86_400_000 ? row.OpenTime : row.CloseTime + 1) * TimeSpan.TicksPerMillisecond);
                if (row.CloseTime >= now) log.Add(DefectCodes.LiveRow, new BarPlace(request.Symbol, series.Count + 1, request.Symbol), $"{request.Symbol}'s last bar is not over yet; it is left out.");
                else series.Add(stamp, series.Count + 1, row.Open, row.High, row.Low, row.Close, row.Volume);
            }

            if (rows.Count < BarsACall) break;
            from = rows[^1].CloseTime + 1;
        }

        if (series.Count == 0) throw new PriceDataException($"{request.Symbol}: Binance has no finished bar between {request.From:yyyy-MM-dd} and {request.To:yyyy-MM-dd}.");
        return series;
    }

    private static List<Kline> Read(string symbol, byte[] body)
    {
        Answers.RefuseWebPage(symbol, body);
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                throw new PriceDataException($"{symbol}: Binance answers '{(document.RootElement.TryGetProperty("msg", out var message) ? message.GetString() : "")}'.");
            return [.. document.RootElement.EnumerateArray().Select(row => new Kline(row[0].GetInt64(), Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5]), row[6].GetInt64()))];
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new BrokenBodyException($"the answer is not the list of bars that it should be: {fault.Message}", fault);
        }
    }

    private static double Number(JsonElement text) => double.Parse(text.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);

    private readonly record struct Kline(long OpenTime, double Open, double High, double Low, double Close, double Volume, long CloseTime);
}
