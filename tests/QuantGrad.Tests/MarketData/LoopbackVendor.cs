using System.Net;
using System.Net.Sockets;
using System.Text;

namespace QuantGrad.Tests.MarketData;

/// <summary>A vendor's server on the loopback address that answers from a script, raw bytes and all its faults included.</summary>
internal sealed class LoopbackVendor : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, IReadOnlyDictionary<string, string>, int, Reply> _script;
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <param name="script">From the path with query, the headers and how often this path was asked before, to the answer.</param>
    internal LoopbackVendor(Func<string, IReadOnlyDictionary<string, string>, int, Reply> script)
    {
        _script = script;
        _listener.Start();
        _ = AcceptAsync();
    }

    internal Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>What was asked, in order.</summary>
    internal List<string> Asked { get; } = [];

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                var path = (await reader.ReadLineAsync(_end.Token))!.Split(' ')[1];
                var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } line) headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
                Reply reply;
                lock (_asked)
                {
                    var before = _asked.GetValueOrDefault(path);
                    _asked[path] = before + 1;
                    Asked.Add(path);
                    reply = _script(path, headers, before);
                }

                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {reply.Status} X\r\nConnection: close\r\n{(reply.Length is { } length ? $"Content-Length: {length}\r\n" : "")}{string.Concat(reply.Headers.Select(header => header + "\r\n"))}\r\n"), _end.Token);
                if (!reply.Drips)
                {
                    await stream.WriteAsync(reply.Body, _end.Token);
                    return;
                }

                foreach (var one in reply.Body)
                {
                    await stream.WriteAsync(new[] { one }, _end.Token);
                    await Task.Delay(100, _end.Token);
                }
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException)
            {
                // The client went away.
            }
        }
    }

    /// <summary>One answer; the length that is said may differ from what is sent.</summary>
    internal sealed record Reply(int Status, byte[] Body, params string[] Headers)
    {
        internal long? Length { get; init; } = Body.Length;

        internal bool Drips { get; init; }

        internal static Reply Ok(string body) => new(200, Encoding.UTF8.GetBytes(body));

        internal static Reply Fault(int status, params string[] headers) => new(status, [], headers);
    }
}

/// <summary>A clock that stands still except while someone waits for it: then it jumps, and remembers how far.</summary>
internal sealed class JumpingTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    internal List<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Add(dueTime);
        _now += dueTime;
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
