using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace QuantGrad.Benchmarks.Serving;

/// <summary>What a load generator measured.</summary>
internal readonly record struct LoadResult(double RequestsPerSecond, double P99Microseconds);

/// <summary>A request that is sent over and over.</summary>
internal sealed record LoadTarget(string Name, Uri Address, string Script)
{
    private const int Connections = 32;

    internal LoadResult Run(int seconds)
    {
        var output = LoadGenerator.Wrk("-t1", $"-c{Connections}", $"-d{seconds}s", "--latency", "-s", Script, Address.ToString());
        if (output.Contains("Non-2xx", StringComparison.Ordinal)) throw new InvalidOperationException($"{Name}: not every request was answered 200.\n{output}");
        var rate = Regex.Match(output, @"Requests/sec:\s+(?<rate>[0-9.]+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["rate"].Value;
        var tail = Regex.Match(output, @"99%\s+(?<time>[0-9.]+)(?<unit>us|ms|s)", RegexOptions.None, TimeSpan.FromSeconds(1));
        var unit = tail.Groups["unit"].Value switch { "us" => 1.0, "ms" => 1e3, _ => 1e6 };
        return new LoadResult(double.Parse(rate, CultureInfo.InvariantCulture), unit * double.Parse(tail.Groups["time"].Value, CultureInfo.InvariantCulture));
    }
}

/// <summary><c>wrk</c>, where it is installed.</summary>
/// <param name="folder">Where its scripts go.</param>
internal sealed class LoadGenerator(string folder)
{
    internal static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, "wrk")));

    internal LoadTarget Target(string name, Uri server, string path, byte[] body, string contentType, int? headerLength = null)
    {
        var script = Path.Combine(folder, name.Replace(' ', '-') + ".lua");
        var text = new StringBuilder("wrk.method = \"POST\"\n").Append(CultureInfo.InvariantCulture, $"wrk.headers[\"Content-Type\"] = \"{contentType}\"\n");
        if (headerLength is { } length) text.Append(CultureInfo.InvariantCulture, $"wrk.headers[\"Inference-Header-Content-Length\"] = \"{length}\"\n");
        text.Append("wrk.body = \"");
        foreach (var value in body) text.Append(CultureInfo.InvariantCulture, $"\\{value:D3}");
        File.WriteAllText(script, text.Append("\"\n").ToString());
        return new LoadTarget(name, new Uri(server, path), script);
    }

    internal static string Wrk(params string[] arguments)
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"wrk ended with {process.ExitCode}.");
    }
}
