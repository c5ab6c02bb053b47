using System.Diagnostics;
using QuantGrad.Cli;

namespace QuantGrad.EndToEnd.Tests.CommandLine;

/// <summary>The command as a user meets it: a process of its own, or for speed the same code in this one.</summary>
internal static class Shell
{
    /// <summary>What a call left behind.</summary>
    internal sealed record Result(int ExitCode, string Output, string Error);

    /// <summary>Runs in this process.</summary>
    public static Result Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var signals = new Signals();
        var code = QuantGrad.Cli.CommandLine.Run(args, new CliHost(output, error, TimeProvider.System, signals));
        return new Result(code, output.ToString(), error.ToString());
    }

    /// <summary>Skips a test that sends a signal where it cannot arrive: on Windows, and SIGINT in the background of a shell, which lets its children ignore it.</summary>
    public static void SkipWithout(string signal)
    {
        const string status = "/proc/self/status", ignored = "SigIgn:";
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no kill.");
        if (signal != "INT" || !File.Exists(status)) return;
        var mask = Convert.ToUInt64(File.ReadLines(status).Single(line => line.StartsWith(ignored, StringComparison.Ordinal))[ignored.Length..].Trim(), 16);
        if ((mask & 2) != 0) Assert.Skip("The tests run in the background of a shell, which lets its children ignore SIGINT.");
    }

    /// <summary>Starts a process in a folder, standard output and standard error redirected.</summary>
    public static Process Start(string folder, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(QuantGrad.Cli.CommandLine).Assembly.Location);
        foreach (var arg in args) start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }

    /// <summary>Runs a process in a folder to its end.</summary>
    public static async Task<Result> RunProcess(string folder, params string[] args)
    {
        using var process = Start(folder, args);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Result(process.ExitCode, await output, await error);
    }
}
