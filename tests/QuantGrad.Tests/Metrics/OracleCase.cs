using System.Globalization;
using System.Text.Json;
using QuantGrad.Tests.MarketData;

namespace QuantGrad.Tests.Metrics;

/// <summary>One case of empyrical's own tests: its arguments, the series that they name, and the expected results.</summary>
internal sealed class OracleCase(string test, int number, JsonElement arguments, JsonElement series)
{
    public string Test { get; } = test;

    public string Name { get; } = FormattableString.Invariant($"{test}/{number}");

    /// <summary>A, by the argument <c>period</c>.</summary>
    public double PeriodsPerYear => Text("period") switch { "weekly" => 52, "monthly" => 12, "yearly" => 1, _ => 252 };

    public static IReadOnlyList<OracleCase> Read(string path)
    {
        var root = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
        return
        [
            .. root.GetProperty("cases").EnumerateArray().Select(item =>
                new OracleCase(item.GetProperty("test").GetString()!, item.GetProperty("case").GetInt32(), item.GetProperty("args"), root.GetProperty("series"))),
        ];
    }

    /// <summary>A file of the reference values beside the repository; the test is skipped where it is missing.</summary>
    public static string SharedReference(string name) => SharedData.PathOf(Path.Combine("..", "reference", "metrics", name));

    public static string Committed(string name) => Path.Combine(SharedData.Repository(), "tests", "QuantGrad.Tests", "Golden", name);

    public string? Text(string argument) => arguments.TryGetProperty(argument, out var value) ? value.GetString() : null;

    public double Number(string argument) => AsNumber(arguments.GetProperty(argument));

    /// <summary>The expected numbers, flat; one for a scalar.</summary>
    public double[] Expected() => [.. Flatten(arguments.GetProperty("expected"))];

    public DateTime[] Dates(string argument) =>
        [.. Resolve(argument).GetProperty("index").EnumerateArray().Select(item => DateTime.Parse(item.GetString()!, CultureInfo.InvariantCulture))];

    /// <summary>The values as they stand, NaN included.</summary>
    public double[] Values(string argument) =>
        [.. Resolve(argument) is var resolved && resolved.TryGetProperty("values", out var values) ? values.EnumerateArray().Select(AsNumber) : resolved.GetProperty("returns").EnumerateArray().Select(AsNumber)];

    /// <summary>empyrical skips NaN in means and deviations.</summary>
    public double[] Known(string argument) => [.. Values(argument).Where(value => !double.IsNaN(value))];

    /// <summary>empyrical compounds NaN as 0.</summary>
    public double[] Compounded(string argument) => [.. Values(argument).Select(value => double.IsNaN(value) ? 0 : value)];

    /// <summary>Whether the stored file holds the argument (three frames and one long random series are not in it).</summary>
    public bool IsStored(string argument) => arguments.TryGetProperty(argument, out var value)
        && (value.ValueKind != JsonValueKind.Object || (!value.TryGetProperty("$omitted", out _) && (!value.TryGetProperty("$series", out var name) || series.TryGetProperty(name.GetString()!, out _))));

    public bool IsSeries(string argument) => arguments.GetProperty(argument).ValueKind == JsonValueKind.Object;

    /// <summary>Two arguments on their common dates, rows with NaN left out; a number stands for a constant series.</summary>
    public (double[] First, double[] Second) Aligned(string first, string second)
    {
        var own = Values(first);
        if (!IsSeries(second))
        {
            var known = Known(first);
            return (known, [.. known.Select(_ => Number(second))]);
        }

        var other = Values(second);
        if (Resolve(second).TryGetProperty("returns", out _)) return (own, other);
        var byDate = Dates(second).Zip(other).ToDictionary(pair => pair.First, pair => pair.Second);
        var rows = Dates(first).Zip(own).Where(row => !double.IsNaN(row.Second) && byDate.TryGetValue(row.First, out var value) && !double.IsNaN(value)).ToArray();
        return ([.. rows.Select(row => row.Second)], [.. rows.Select(row => byDate[row.First])]);
    }

    private JsonElement Resolve(string argument)
    {
        var value = arguments.GetProperty(argument);
        if (value.TryGetProperty("$series", out var name)) return series.GetProperty(name.GetString()!);
        return value.TryGetProperty("$inline", out var inline) ? inline : value.GetProperty("$inline_df");
    }

    private static IEnumerable<double> Flatten(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Flatten),
        JsonValueKind.Object => [],
        _ => [AsNumber(element)],
    };

    private static double AsNumber(JsonElement element) => element.ValueKind == JsonValueKind.Number
        ? element.GetDouble()
        : element.GetString() switch { "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => double.NaN };
}
