using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace QuantGrad.MarketData.Downloading;

/// <summary>Binance's public archive: one zip a month, its SHA-256 in a <c>.CHECKSUM</c> beside it.</summary>
/// <param name="fetcher">Fetches.</param>
/// <param name="baseAddress">Such as <c>https://data.binance.vision</c>.</param>
/// <param name="folder">Where broken-off months wait for the next call.</param>
/// <param name="tell">Takes a line about each month that is not there.</param>
internal sealed class BinanceArchive(PriceFetcher fetcher, Uri baseAddress, string folder, Action<string> tell) : IPriceSource
{
    public async Task<BarSeries> FetchAsync(DownloadRequest request, DefectLog log, CancellationToken cancellation)
    {
        var months = new List<BarSeries>();
        for (var month = new DateOnly(request.From.Year, request.From.Month, 1); month <= request.To; month = month.AddMonths(1))
        {
            var name = FormattableString.Invariant($"{request.Symbol}-{request.Interval}-{month:yyyy-MM}");
            try
            {
                var csv = await MonthAsync(request, name, cancellation).ConfigureAwait(false);
                months.Add(BarStamps.Settle(SeriesOrder.Sort(Answers.ReadCsv(request.Symbol, csv, log), log), log));
            }
            catch (PriceDataException missing) when (missing.InnerException is FileNotFoundException)
            {
                tell($"{name}: not in the archive.");
            }
        }

        if (months.Count == 0) throw new PriceDataException($"{request.Symbol}: the archive has no month between {request.From:yyyy-MM} and {request.To:yyyy-MM}; check the symbol and the interval.");
        var whole = months.Count == 1 ? months[0] : SeriesJoin.Join([.. months], log);
        int first = 0, end = whole.Count;
        while (first < end && DateOnly.FromDateTime(whole.Time(first)) < request.From) first++;
        while (end > first && DateOnly.FromDateTime(whole.Time(end - 1)) > request.To) end--;
        return whole.Range(first, end);
    }

    private async Task<byte[]> MonthAsync(DownloadRequest request, string name, CancellationToken cancellation)
    {
        var address = new Uri(baseAddress, $"/data/spot/monthly/klines/{Uri.EscapeDataString(request.Symbol)}/{Uri.EscapeDataString(request.Interval)}/{Uri.EscapeDataString(name)}.zip");
        var checksum = await fetcher.FetchAsync(new Uri(address + ".CHECKSUM"), body => Checksum(name, body), null, cancellation).ConfigureAwait(false);
        var partial = new PartialBody(Path.Combine(folder, name + ".zip.partial"));
        return await fetcher.FetchAsync(
            address,
            body =>
            {
                var found = Convert.ToHexStringLower(SHA256.HashData(body));
                if (found != checksum) throw new BrokenBodyException(string.Create(CultureInfo.InvariantCulture, $"the SHA-256 of {name}.zip is {found[..12]}…, not {checksum[..12]}… as its .CHECKSUM says"));
                return Unzip(name, body);
            },
            partial,
            cancellation).ConfigureAwait(false);
    }

    private static string Checksum(string name, byte[] body)
    {
        var word = Encoding.UTF8.GetString(body).Split(' ', '\n', '\t')[0].Trim().ToLowerInvariant();
        return word.Length == 64 && word.All(char.IsAsciiHexDigit) ? word : throw new BrokenBodyException($"the .CHECKSUM of {name} holds no SHA-256");
    }

    private static byte[] Unzip(string name, byte[] body)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(body, writable: false), ZipArchiveMode.Read);
            using var entry = zip.Entries.Single().Open();
            var memory = new MemoryStream();
            entry.CopyTo(memory);
            return memory.ToArray();
        }
        catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException)
        {
            throw new BrokenBodyException($"{name}.zip is damaged: {fault.Message}", fault);
        }
    }
}
