using System.Text.Json;

namespace QuantGrad.Reporting.Record;

/// <summary>What lies in a run's folder. The files of CONTRACT §4 must be there; the others add their sections to the page (see README.md beside this folder).</summary>
internal sealed class RecordedRun
{
    private readonly string folder;

    private RecordedRun(string folder) => this.folder = folder;

    /// <summary>The run's id: the name of its folder.</summary>
    public string Id => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));

    /// <summary>The name of the strategy.</summary>
    public string Name => Run.TextAt("strategy", "name") ?? Run.TextAt("name") ?? Id;

    /// <summary><c>run.json</c>.</summary>
    public JsonElement Run { get; private init; }

    /// <summary><c>metrics.json</c>.</summary>
    public JsonElement Metrics { get; private init; }

    /// <summary><c>folds.csv</c>.</summary>
    public required FoldRecord[] Folds { get; init; }

    /// <summary><c>equity.csv</c>.</summary>
    public required EquityRecord Equity { get; init; }

    /// <summary><c>positions.csv</c>.</summary>
    public required PositionRecord Positions { get; init; }

    /// <summary><c>baselines.csv</c>; none where the run has no such file.</summary>
    public required BaselineRecord[] Baselines { get; init; }

    /// <summary><c>contributions.csv</c>, or null.</summary>
    public ContributionRecord? Contributions { get; private init; }

    /// <summary><c>legs.csv</c>, or null.</summary>
    public LegRecord? Legs { get; private init; }

    /// <summary><c>members.csv</c>, or null.</summary>
    public MemberRecord? Members { get; private init; }

    /// <summary>The benchmark among the baselines, where it is known on every date; or null.</summary>
    public BaselineRecord? Benchmark => Array.Find(Baselines, baseline => baseline.IsBenchmark && Array.TrueForAll(baseline.Net, double.IsFinite));

    /// <summary>The date on which the account lost everything; null where it lives.</summary>
    public string? RuinedOn => Metrics.At("ruined_on") is { ValueKind: JsonValueKind.String } date ? date.GetString() : null;

    /// <summary>Bars a year.</summary>
    public double PeriodsPerYear
    {
        get
        {
            var years = Metrics.NumberAt("periods_per_year");
            if (double.IsNaN(years)) years = Run.NumberAt("data", "periods_per_year");
            if (double.IsNaN(years)) years = Run.NumberAt("strategy", "data", "periods_per_year");
            return double.IsNaN(years) ? 252 : years;
        }
    }

    /// <summary>A figure of a block of <c>metrics.json</c>, with its reason where it is undefined.</summary>
    /// <param name="block">out_of_sample, in_sample or benchmark.</param>
    /// <param name="name">The figure's key.</param>
    public Figure Figure(string block, string name) => (Metrics.At(block) ?? default).FigureAt(name);

    /// <summary>An out-of-sample figure.</summary>
    public Figure Figure(string name) => Figure("out_of_sample", name);

    /// <summary>An optional JSON file of the folder.</summary>
    /// <param name="name">Its name.</param>
    public JsonElement? Optional(string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? Json(path) : null;
    }

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="UsageException">It is not a run's folder, or a file in it is damaged.</exception>
    /// <exception cref="QuantGradException">The run is not finished.</exception>
    public static RecordedRun Read(string folder)
    {
        folder = Path.GetFullPath(folder);
        string? Have(string name) => File.Exists(Path.Combine(folder, name)) ? Path.Combine(folder, name) : null;
        var run = Have(RunRecord.FileName) is { } begun ? Json(begun) : default;
        string Need(string name) => Have(name) ?? throw (IsUnfinished(run)
            ? new QuantGradException($"{folder} is not finished: quantgrad run --resume goes on with it.", 6)
            : new UsageException($"{folder}: there is no {name}; give the folder of a finished run, such as reports/<strategy>/<run id>."));
        Need(RunRecord.FileName);
        var equity = EquityRecord.Of(CsvColumns.Read(Need("equity.csv")));
        return new RecordedRun(folder)
        {
            Run = run,
            Metrics = Json(Need("metrics.json")),
            Folds = FoldRecord.Of(CsvColumns.Read(Need("folds.csv"))),
            Equity = equity,
            Positions = PositionRecord.Read(Need("positions.csv")),
            Baselines = Have("baselines.csv") is { } baselines ? BaselineRecord.Of(CsvColumns.Read(baselines), equity.Dates) : [],
            Contributions = Have("contributions.csv") is { } contributions ? ContributionRecord.Of(CsvColumns.Read(contributions)) : null,
            Legs = equity.Rows > 0 && Have("legs.csv") is { } legs ? LegRecord.Of(SameRows(CsvColumns.Read(legs), equity)) : null,
            Members = equity.Rows > 0 && Have("members.csv") is { } members ? MemberRecord.Of(SameRows(CsvColumns.Read(members), equity)) : null,
        };
    }

    private static bool IsUnfinished(JsonElement run) =>
        run.ValueKind == JsonValueKind.Object && run.TryGetProperty("state", out var state) && state.ValueKind == JsonValueKind.String && state.ValueEquals("incomplete");

    private static CsvColumns SameRows(CsvColumns table, EquityRecord equity) => table.Rows == equity.Rows ? table
        : throw new UsageException($"{table.Path}: {table.Rows} rows where equity.csv has {equity.Rows}; run the strategy again.");

    private static JsonElement Json(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.Clone();
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: cannot be read as JSON ({fault.Message}); run the strategy again, or give another run's folder.", fault);
        }
    }
}
