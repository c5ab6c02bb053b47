using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace QuantGrad.Benchmarks;

/// <summary>One row of a benchmark: ours and a rival's, alternated in one process; the ratio is the median over the rounds of ours / theirs.</summary>
internal sealed record Comparison(string Case, double Ours, string Rival, double? Theirs, string Unit, double? Ratio, int Rounds)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Times both in turns; a round is the median of several calls of each, taken one after the other.</summary>
    internal static Comparison Alternate(string name, Action ours, string rival, Action theirs, int rounds, double secondsARound = 0.05)
    {
        for (var part = 0; part < 3; part++) // the compiler improves hot code in pauses
        {
            for (var warm = Stopwatch.StartNew(); warm.Elapsed.TotalSeconds < 0.3;)
            {
                ours();
                theirs();
            }

            Thread.Sleep(200);
        }

        var (mine, other, ratios) = (new double[rounds], new double[rounds], new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            var (a, b) = (new List<double>(), new List<double>());
            for (var clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < secondsARound || a.Count < 3;)
            {
                a.Add(Microseconds(ours));
                b.Add(Microseconds(theirs));
            }

            (mine[round], other[round]) = (Median(a), Median(b));
            ratios[round] = mine[round] / other[round];
        }

        return new Comparison(name, Median(mine), rival, Median(other), "us", Median(ratios), rounds);
    }

    /// <summary>The middle value.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The processor time of one call.</summary>
    internal static double Microseconds(Action action)
    {
        var start = ThreadClock.Microseconds;
        action();
        return ThreadClock.Microseconds - start;
    }

    internal static void Print(IEnumerable<Comparison> rows, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(rows, Json));
            return;
        }

        Console.WriteLine($"{"case",-28} {"ours",12} {"theirs",12} unit  {"ratio",7}  rival");
        foreach (var row in rows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Case,-28} {row.Ours,12:F1} {row.Theirs,12:F1} {row.Unit,-5} {row.Ratio,7:F3}  {row.Rival}"));
    }
}
