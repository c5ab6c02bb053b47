using QuantGrad.Benchmarks.Engine;
using QuantGrad.Benchmarks.Features;
using QuantGrad.Benchmarks.MarketData;
using QuantGrad.Benchmarks.Micro;
using QuantGrad.Benchmarks.Reporting;
using QuantGrad.Benchmarks.Rules;
using QuantGrad.Benchmarks.Serving;
using QuantGrad.Benchmarks.WalkForward;

namespace QuantGrad.Benchmarks;

/// <summary><c>dotnet run -c Release --project tests/QuantGrad.Benchmarks -- NAME [--json] [--rounds N]</c>.</summary>
internal static class Program
{
    /// <summary>The benchmarks by name, one file each.</summary>
    private static readonly Dictionary<string, Func<int?, IEnumerable<Comparison>>> Benchmarks = new(StringComparer.Ordinal)
    {
        ["engine"] = EngineBenchmark.Run,
        ["walk-forward"] = WalkForwardBenchmark.Run,
        ["features"] = FeaturesBenchmark.Run,
        ["csv"] = CsvBenchmark.Run,
        ["report"] = ReportBenchmark.Run,
        ["rules"] = RulesBenchmark.Run,
        ["inference"] = InferenceBenchmark.Run,
        ["server"] = ServerBenchmark.Run,
        ["micro"] = MicroBenchmark.Run,
    };

    private static int Main(string[] arguments)
    {
        if (arguments.Length == 0 || !Benchmarks.TryGetValue(arguments[0], out var benchmark))
        {
            Console.Error.WriteLine($"Expected a benchmark: {string.Join(", ", Benchmarks.Keys)}; found {(arguments.Length == 0 ? "none" : arguments[0])}.");
            return 2;
        }

        var rounds = Array.IndexOf(arguments, "--rounds");
        var given = rounds < 0 ? null : arguments.ElementAtOrDefault(rounds + 1) ?? "nothing";
        var isNumber = int.TryParse(given, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0;
        if (given is not null && !isNumber)
        {
            Console.Error.WriteLine($"--rounds is {given}; expected a whole number of at least 1.");
            return 2;
        }

        var count = isNumber ? number : (int?)null;
        Comparison.Print(benchmark(count), arguments.Contains("--json", StringComparer.Ordinal));
        return 0;
    }
}
