using System.Net.Sockets;
using System.Text;
using QuantGrad.Serving;
using QuantGrad.Tests.Exporting;

namespace QuantGrad.EndToEnd.Tests.Serving;

/// <summary>A server over a folder of models, in this process, on a free loopback port.</summary>
internal sealed class ServedRepository : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-models");
    private InferenceServer server = null!;

    public string Root => folder.FullName;

    public HttpClient Client { get; } = new();

    public InferenceServer Server => server;

    public static async Task<ServedRepository> Start(Action<string>? fill = null, Func<ServerSettings, ServerSettings>? change = null)
    {
        var served = new ServedRepository();
        if (fill is null) TinyBundle.Write(served.VersionPath("tiny", 1));
        else fill(served.Root);
        var settings = new ServerSettings { Models = served.Root, Port = 0, ReloadSeconds = 0.05 };
        served.server = InferenceServer.Create(change?.Invoke(settings) ?? settings, TimeProvider.System);
        served.server.Repository.Look();
        await served.server.StartAsync();
        served.Client.BaseAddress = served.server.Address;
        return served;
    }

    public string VersionPath(string name, long version) => Path.Combine(Root, name, FormattableString.Invariant($"{version}"));

    public async Task<(int Status, string Body)> Get(string path)
    {
        using var answer = await Client.GetAsync(path);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<(int Status, string Body)> Post(string path, string json)
    {
        using var answer = await Client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sends bytes as they are and reads one answer.</summary>
    public async Task<(int Status, string Headers, string Body)> Raw(string text, byte[]? body = null, bool halfClose = false)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", server.Address.Port);
        var stream = socket.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
            if (body is not null) await stream.WriteAsync(body);
            if (halfClose) socket.Client.Shutdown(SocketShutdown.Send);
        }
        catch (IOException)
        {
            // Answered and closed before all was sent.
        }

        var answer = new StringBuilder();
        var buffer = new byte[65536];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            int count;
            while (!IsWhole(answer.ToString()) && (count = await stream.ReadAsync(buffer, limit.Token)) > 0) answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        catch (IOException)
        {
        }

        var whole = answer.ToString();
        var split = whole.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return split < 0 ? (0, whole, "") : (int.Parse(whole.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), whole[..split], whole[(split + 4)..]);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.StopAsync();
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static bool IsWhole(string answer)
    {
        var split = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (split < 0) return false;
        var at = answer.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0 || at > split) return false;
        var end = answer.IndexOf('\r', at);
        return answer.Length - split - 4 >= int.Parse(answer.AsSpan(at + 16, end - at - 16), System.Globalization.CultureInfo.InvariantCulture);
    }
}
