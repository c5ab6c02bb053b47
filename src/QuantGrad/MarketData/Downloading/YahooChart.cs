using System.Text.Json;

namespace QuantGrad.MarketData.Downloading;

/// <summary>Yahoo's chart service, version 8: daily bars adjusted for splits and dividends.</summary>
/// <param name="fetcher">Fetches.</param>
/// <param name="baseAddress">Such as <c>https://query1.finance.yahoo.com</c>.</param>
/// <param name="time">The clock, which tells whether the last bar is finished.</param>
internal sealed class YahooChart(PriceFetcher fetcher, Uri baseAddress, TimeProvider time) : IPriceSource
{
    public Task<BarSeries> FetchAsync(DownloadRequest request, DefectLog log, CancellationToken cancellation)
    {
        long Seconds(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeSeconds();
        var query = FormattableString.Invariant($"period1={Seconds(request.From)}&period2={Seconds(request.To.AddDays(1))}&interval={Uri.EscapeDataString(request.Interval)}&events=div%2Csplits");
        var address = new Uri(baseAddress, $"/v8/finance/chart/{Uri.EscapeDataString(request.Symbol)}?{query}");
        return fetcher.FetchAsync(address, body => Read(request, body, log), null, cancellation);
    }

    private BarSeries Read(DownloadRequest request, byte[] body, DefectLog log)
    {
        Answers.RefuseWebPage(request.Symbol, body);
        try
        {
            using var document = JsonDocument.Parse(body);
            var chart = document.RootElement.GetProperty("chart");
            if (chart.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
                throw new PriceDataException($"{request.Symbol}: Yahoo answers '{error.GetProperty("description").GetString()}'.");
            var result = chart.GetProperty("result")[0];
            if (!result.TryGetProperty("timestamp", out var stamps)) throw new PriceDataException($"{request.Symbol}: Yahoo has no bar between {request.From:yyyy-MM-dd} and {request.To:yyyy-MM-dd}.");
            return Bars(request, result, stamps, log);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new BrokenBodyException($"the answer is not the chart that it should be: {fault.Message}", fault);
        }
    }

    private BarSeries Bars(DownloadRequest request, JsonElement result, JsonElement stamps, DefectLog log)
    {
        var meta = result.GetProperty("meta");
        var offset = meta.TryGetProperty("gmtoffset", out var shift) ? shift.GetInt64() : 0;
        var (indicators, isDaily) = (result.GetProperty("indicators"), !request.Interval.EndsWith('m') && !request.Interval.EndsWith('h'));
        var quote = indicators.GetProperty("quote")[0];
        var adjusted = indicators.TryGetProperty("adjclose", out var adjustments) ? adjustments[0].GetProperty("adjclose") : default;
        // The session that is still going on has a row, too; it ends when Yahoo says that it does.
        var isOpen = meta.TryGetProperty("currentTradingPeriod", out var period) && period.TryGetProperty("regular", out var regular)
            && regular.GetProperty("end").GetInt64() > time.GetUtcNow().ToUnixTimeSeconds();
        var sessionStart = isOpen ? period.GetProperty("regular").GetProperty("start").GetInt64() : long.MaxValue;
        var series = new BarSeries(request.Symbol, BarSource.Numbered(request.Symbol), hasOpenHighLow: true, hasVolume: true);
        for (var i = 0; i < stamps.GetArrayLength(); i++)
        {
            var stamp = stamps[i].GetInt64();
            double At(string name) => Number(quote.GetProperty(name), i);
            var (close, factor) = (At("close"), 1.0);
            if (adjusted.ValueKind == JsonValueKind.Array) factor = Number(adjusted, i) / close;
            if (stamp >= sessionStart)
                log.Add(DefectCodes.LiveRow, new BarPlace(request.Symbol, i + 1, request.Symbol), $"{request.Symbol}'s session is still open; its bar is left out.");
            else if (double.IsNaN(close * factor))
                log.Add(DefectCodes.NullRow, new BarPlace(request.Symbol, i + 1, request.Symbol), $"{request.Symbol} has no close in row {i + 1}; the row is left out.");
            else
                series.Add(Answers.Ticks(isDaily ? (stamp + offset) / 86400 * 86400 : stamp), i + 1, At("open") * factor, At("high") * factor, At("low") * factor, close * factor, At("volume"));
        }

        return series;
    }

    private static double Number(JsonElement array, int i) => array[i].ValueKind == JsonValueKind.Null ? double.NaN : array[i].GetDouble();
}
