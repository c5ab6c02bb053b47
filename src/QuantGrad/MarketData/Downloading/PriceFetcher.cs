using System.Net;
using System.Net.Http.Headers;

namespace QuantGrad.MarketData.Downloading;

/// <summary>
/// Fetches over HTTP what may fail in every way: waits as long as <c>Retry-After</c> says after 429 and 503, tries again after 5xx and broken bodies, goes on
/// where a body broke off, follows redirects on the same host only, and never takes longer or more than it may.
/// </summary>
public sealed class PriceFetcher : IDisposable
{
    private const int MostRedirects = 5;
    private readonly DownloadOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private readonly HttpClient _packed, _plain;

    /// <summary>Makes a fetcher.</summary>
    /// <param name="options">How patient it is.</param>
    /// <param name="time">The clock, for the waits.</param>
    /// <param name="tell">Takes a line about every failure and wait.</param>
    public PriceFetcher(DownloadOptions options, TimeProvider time, Action<string> tell)
    {
        (_options, _time, _tell) = (options, time, tell);
        // A body that may go on where it broke off is asked for as it lies on the server: offsets mean nothing in a packed one.
        _packed = Client(DecompressionMethods.GZip | DecompressionMethods.Deflate);
        _plain = Client(DecompressionMethods.None);
    }

    /// <summary>Fetches and reads one address.</summary>
    /// <typeparam name="T">What the body is read as.</typeparam>
    /// <param name="address">The address.</param>
    /// <param name="read">Reads the body; throws <see cref="BrokenBodyException"/> for one that another attempt may mend.</param>
    /// <param name="partial">What an earlier call left of the body, and takes what this one leaves; null where bodies are small.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="PriceDataException">The server answers that there is nothing, or redirects to another host.</exception>
    /// <exception cref="QuantGradException">With exit code 75: the server does not answer as it should; another time it may.</exception>
    internal async Task<T> FetchAsync<T>(Uri address, Func<byte[], T> read, PartialBody? partial, CancellationToken cancellation)
    {
        partial ??= new PartialBody(null);
        for (var attempt = 1; ; attempt++)
        {
            string failure;
            var wait = TimeSpan.FromTicks(Math.Min(_options.LongestWait.Ticks, _options.FirstWait.Ticks << Math.Min(attempt - 1, 20)));
            try
            {
                using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                deadline.CancelAfter(_options.AttemptTimeout);
                var answer = await AskAsync(address, partial, deadline.Token).ConfigureAwait(false);
                if (answer is null) return read(partial.TakeAll());
                (failure, wait) = (answer.Failure, answer.Wait ?? wait);
                if (answer.IsBan || wait > _options.LongestWait)
                    throw Later($"{Shown(address)}: {failure} and asks to wait for {wait.TotalSeconds:0} s; try again then.");
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or BrokenBodyException)
            {
                failure = fault.Message;
                if (fault is BrokenBodyException) partial.Forget();
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                failure = $"no whole answer within {_options.AttemptTimeout.TotalSeconds:0.#} s";
            }
            finally
            {
                partial.Save();
            }

            if (attempt >= _options.Attempts) throw Later($"{Shown(address)}: {failure} ({attempt} attempts); try again later.");
            _tell($"{Shown(address)}: {failure}; trying again in {wait.TotalSeconds:0.#} s.");
            await Task.Delay(wait, _time, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _packed.Dispose();
        _plain.Dispose();
    }

    /// <summary>The address without its query, in which keys may stand.</summary>
    internal static string Shown(Uri address) => address.GetLeftPart(UriPartial.Path);

    private static HttpClient Client(DecompressionMethods methods)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = methods }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("quantgrad", "0.1"));
        return client;
    }

    private async Task<Answer?> AskAsync(Uri address, PartialBody partial, CancellationToken cancellation)
    {
        if (!partial.IsResumable) partial.Forget();
        var client = partial.IsResumable ? _plain : _packed;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (partial.Length > 0) request.Headers.Range = new RangeHeaderValue(partial.Length, null);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            if (status is 301 or 302 or 303 or 307 or 308)
            {
                address = Redirected(address, response.Headers.Location);
                continue;
            }

            if (status is 404 or 410) throw new PriceDataException($"{Shown(address)}: the server has nothing there (HTTP {status}); check the symbol, the dates and the interval.", new FileNotFoundException());
            if (status == 416)
            {
                partial.Forget();
                return new Answer("the rest of the file could not be had (HTTP 416)", TimeSpan.Zero, IsBan: false);
            }

            if (status is 418 or 429 or >= 500) return new Answer($"the server answers HTTP {status}", RetryAfter(response), status == 418);
            if (status is not (200 or 206)) throw new PriceDataException($"{Shown(address)}: the server refuses with HTTP {status}; check the key, the symbol and the dates.");
            if (status != 206 || response.Content.Headers.ContentRange?.From != partial.Length) partial.Forget();
            await ReceiveAsync(address, response, partial, cancellation).ConfigureAwait(false);
            return null;
        }

        throw new PriceDataException($"{Shown(address)}: more than {MostRedirects} redirects.");
    }

    private async Task ReceiveAsync(Uri address, HttpResponseMessage response, PartialBody partial, CancellationToken cancellation)
    {
        var expected = response.Content.Headers.ContentLength + partial.Length;
        var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var buffer = new byte[1 << 16];
        for (int read; (read = await body.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            partial.Append(buffer.AsSpan(0, read));
            if (partial.Length > _options.LargestBody) throw new PriceDataException($"{Shown(address)}: the body is larger than {_options.LargestBody} bytes; ask for fewer dates.");
        }

        if (expected is { } length && partial.Length < length) throw new IOException($"the body ends after {partial.Length} of {length} bytes");
    }

    private static Uri Redirected(Uri from, Uri? location)
    {
        if (location is null) throw new PriceDataException($"{Shown(from)}: a redirect to nowhere.");
        var to = new Uri(from, location);
        var isSame = to.IdnHost.Equals(from.IdnHost, StringComparison.OrdinalIgnoreCase) && (to.Scheme == from.Scheme ? to.Port == from.Port : to.Scheme == Uri.UriSchemeHttps);
        return isSame ? to : throw new PriceDataException($"{Shown(from)}: the server redirects to another host, {to.Authority}; refused. If that is where the prices are, name it with --base-address.");
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero,
        _ => null,
    };

    private static QuantGradException Later(string message) => new(message, 75);

    private sealed record Answer(string Failure, TimeSpan? Wait, bool IsBan);
}
