using System.Diagnostics;
using QuantGrad.Tests.Reporting;

namespace QuantGrad.Benchmarks.Reporting;

/// <summary>
/// <c>report</c>: the page of thirty years of twenty symbols, written by <c>quantgrad report</c> from the start of the process to its end, beside the bare start
/// (<c>--version</c>), and its first screen drawn in Chromium, beside that of the shortest page. Processor time: 2 s and 1.5 s are what a reader should wait at most.
/// </summary>
internal static class ReportBenchmark
{
    internal static IEnumerable<Comparison> Run(int? rounds)
    {
        var folder = Directory.CreateTempSubdirectory("quantgrad-report-");
        try
        {
            var large = new ExampleRun(years: 30, assets: 20).Write(Path.Combine(folder.FullName, "large"));
            var small = new ExampleRun(years: 4, assets: 1).Write(Path.Combine(folder.FullName, "small"));
            Command("report", small);
            var count = rounds ?? 5;
            yield return Contest("page, written", () => Command("report", large), "the program's start", () => Command("--version"), count);
            using var chromium = Chromium.Launch();
            if (chromium is null) yield break;
            double Drawn(string run) => chromium.FirstScreenSeconds(Path.Combine(run, "report.html"));
            yield return Contest("page, first screen", () => Drawn(large), "that of one year, one symbol", () => Drawn(small), count);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Comparison Contest(string name, Func<double> ours, string rival, Func<double> theirs, int rounds)
    {
        var pairs = Enumerable.Range(0, rounds).Select(_ => (Ours: ours() * 1000, Theirs: theirs() * 1000)).ToArray();
        double Median(Func<(double Ours, double Theirs), double> value) => Comparison.Median(pairs.Select(value));
        return new Comparison(name, Median(pair => pair.Ours), rival, Median(pair => pair.Theirs), "ms", Median(pair => pair.Ours / pair.Theirs), rounds);
    }

    private static double Command(params string[] arguments)
    {
        var before = ThreadClock.EndedProcessesMicroseconds;
        string[] words = [typeof(Cli.CommandLine).Assembly.Location, .. arguments];
        using var process = Process.Start(new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true, UseShellExecute = false })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"quantgrad {string.Join(' ', arguments)} ended with {process.ExitCode}");
        return (ThreadClock.EndedProcessesMicroseconds - before) * 1e-6;
    }
}
