using System.Collections;
using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using QuantGrad.Serving;
using QuantGrad.Serving.Operations;

namespace QuantGrad.Cli.Commands;

/// <summary><c>serve</c>: the inference server, until it is told to stop.</summary>
internal sealed class ServeCommand : CliCommand
{
    private readonly Option<string?> models = new("--models") { Description = "The model repository: NAME/VERSION/model.onnx + manifest.json.", HelpName = "DIR" };
    private readonly Option<string?> address = new("--address") { Description = "Where to listen; 127.0.0.1 by default.", HelpName = "IP" };
    private readonly Option<int?> port = new("--port") { Description = "The port; 8000 by default, 0 for a free one.", HelpName = "N" };
    private readonly Option<string?> config = new("--config") { Description = "Settings as a JSON object; variables QUANTGRAD_SERVE_… and the command line go over it.", HelpName = "FILE" };
    private readonly Option<bool> newKey = new("--new-key") { Description = "Makes an API key and the hash that goes into the settings, and ends." };

    public ServeCommand()
        : base("serve", "Serves models: Open Inference Protocol V2, signals from bars, hot reload.", "quantgrad serve --models models\nquantgrad serve --models models --set max_rows=1024 --set log_requests=true")
    {
        foreach (var option in new Option[] { models, address, port, config, newKey }) Options.Add(option);
    }

    public override int Execute(Invocation call)
    {
        if (call.Get(newKey))
        {
            var (key, hash) = InferenceServer.NewKey();
            call.Output.WriteLine($"key             {key}\napi_key_sha256  {hash}");
            return 0;
        }

        var settings = SettingsReader.Read(call.Get(config), Variables(), Given(call));
        Serve(settings, call).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task Serve(ServerSettings settings, Invocation call)
    {
        using var log = new JsonLines(call.Error, call.Time);
        var server = InferenceServer.Create(settings, call.Time, logging => logging.AddProvider(log));
        await using (server.ConfigureAwait(false))
        {
            await server.StartAsync().ConfigureAwait(false);
            call.Output.WriteLine($"Serving {Path.GetFullPath(settings.Models)} at {server.Address} (Ctrl+C stops)");
            call.Output.Flush();
            var stopped = new TaskCompletionSource();
            using (call.Cancellation.Register(stopped.SetResult)) await stopped.Task.ConfigureAwait(false);
            await server.StopAsync().ConfigureAwait(false);
        }
    }

    private List<KeyValuePair<string, string>> Given(Invocation call)
    {
        var given = new List<KeyValuePair<string, string>>();
        foreach (var setting in call.Overrides)
        {
            var split = setting.IndexOf('=', StringComparison.Ordinal);
            if (split < 1) throw new UsageException($"--set is '{setting}'; expected setting=value, for instance --set max_rows=1024.");
            given.Add(new(setting[..split].Trim(), setting[(split + 1)..]));
        }

        if (call.Get(models) is { } folder) given.Add(new("models", folder));
        if (call.Get(address) is { } ip) given.Add(new("address", ip));
        if (call.Get(port) is { } number) given.Add(new("port", number.ToString(CultureInfo.InvariantCulture)));
        return given;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value));
}
