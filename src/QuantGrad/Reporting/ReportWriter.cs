using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;
using QuantGrad.Reporting.Sections;

namespace QuantGrad.Reporting;

/// <summary>Writes <c>report.html</c> from what lies in a run's folder: one file that opens offline and asks nobody for anything.</summary>
public static class ReportWriter
{
    /// <summary>The file's name in the run's folder.</summary>
    public const string FileName = "report.html";

    /// <summary>Writes the report of a run, or writes it again; the old one stays until the new one is whole.</summary>
    /// <param name="runFolder">A folder as CONTRACT §4 describes it.</param>
    /// <returns>The path of the report.</returns>
    /// <exception cref="UsageException">It is not a run's folder, or a file in it is damaged.</exception>
    public static string Write(string runFolder)
    {
        var run = RecordedRun.Read(runFolder);
        var path = Path.Combine(Path.GetFullPath(runFolder), FileName);
        PublishedFile.WriteText(path, Compose(run));
        return path;
    }

    // Each section of the page: its anchor, its name in the navigation, whether the run recorded what it shows.
    private static readonly (string Id, string Name, Func<RecordedRun, bool> IsRecorded, Action<HtmlWriter, RecordedRun> Write)[] Sections =
    [
        ("walk-forward", "Walk-forward", run => run.Folds.Length > 0, WalkForwardSection.Write),
        ("returns", "Returns", run => run.Equity.Rows > 1, ReturnsSection.Write),
        ("rolling", "Through time", run => run.Equity.Rows > 8, RollingSection.Write),
        ("contributions", "Where it came from", run => run.Contributions is { Symbols.Length: > 0 } || run.Legs is not null, ContributionSection.Write),
        ("costs", "Costs", run => run.Equity.Rows > 1, CostsSection.Write),
        ("significance", "Is it luck?", run => run.Metrics.At("out_of_sample") is not null, SignificanceSection.Write),
        ("baselines", "Baselines", run => run.Baselines.Length > 0 && run.Metrics.At("baselines") is not null, BaselinesSection.Write),
        ("training", "Training", run => run.Optional("training.json") is not null || run.Members is { Names.Length: > 1 }, TrainingSection.Write),
        ("credit", "What it listens to", run => run.Optional("attribution.json") is not null || run.Optional("parameters.json") is not null, CreditSection.Write),
        ("rule", "The rule", run => run.Optional("rule.json") is not null, RuleSection.Write),
        ("diagnostics", "Diagnostics", run => run.Optional("diagnostics.json") is not null, DiagnosticsSection.Write),
        ("metrics", "Figures", _ => true, MetricsSection.Write),
        ("settings", "Settings", _ => true, SettingsSection.Write),
    ];

    /// <summary>The page of a run.</summary>
    internal static string Compose(RecordedRun run)
    {
        var html = new HtmlWriter();
        var present = Array.FindAll(Sections, section => section.IsRecorded(run));
        Page.Begin(html, run.Name);
        TitleSection.Write(html, run);
        GrowthSection.Write(html, run);
        Page.Navigation(html, present.Select(section => (section.Id, section.Name)));
        foreach (var section in present) section.Write(html, run);
        Page.End(html);
        return html.ToString();
    }
}
