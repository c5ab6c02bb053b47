using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using QuantGrad.Auditing;

namespace QuantGrad.Cli.Commands;

/// <summary><c>audit</c>: proves that no position depends on a later bar, or names what does.</summary>
internal sealed class AuditCommand : CliCommand
{
    private readonly Argument<string> strategy = new("STRATEGY.yaml") { Description = "The strategy file." };
    private readonly Option<int> folds = new("--folds")
    {
        Description = "Folds audited, spread evenly and always with the newest.",
        DefaultValueFactory = _ => 3,
    };

    public AuditCommand()
        : base("audit", "Proves that no position depends on a later bar; names the feature, symbol and date where one does.", "quantgrad audit strategies/quickstart.yaml")
    {
        Arguments.Add(strategy);
        Options.Add(folds);
    }

    public override int Execute(Invocation call)
    {
        if (call.Get(folds) < 1) throw new UsageException(FormattableString.Invariant($"--folds is {call.Get(folds)}; expected at least 1."));
        var report = StrategyAudit.Run(call.ReadStrategy(call.Get(strategy)), call.Threads, call.Get(folds), call.Cancellation);
        if (call.Json) call.Output.WriteLine(ToJson(report).ToJsonString());
        else Show(report, call.Output);
        return report.Passed ? 0 : 4;
    }

    private static void Show(AuditReport report, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Strategy}: at {report.Cuts.Count} dates the later bars were changed ({string.Join(", ", report.Alterations)}) and {report.Trainings} units trained again."));
        foreach (var finding in report.Findings)
        {
            var place = string.Join(", ", new[] { finding.Symbol, finding.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }.Where(part => part is not null));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{finding.Code} {finding.What} ({place}): off by {finding.Size:g3} when {finding.Alteration}. Likely cause: {finding.Cause}."));
        }

        foreach (var (feature, bars) in report.History) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{feature} needs {bars} bars of history."));
        output.WriteLine(report.Passed ? "Nothing depends on a later bar." : string.Create(CultureInfo.InvariantCulture, $"{report.Findings.Count} findings."));
    }

    private static JsonObject ToJson(AuditReport report) => new()
    {
        ["strategy"] = report.Strategy,
        ["passed"] = report.Passed,
        ["cuts"] = new JsonArray([.. report.Cuts.Select(JsonNode (date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))]),
        ["alterations"] = new JsonArray([.. report.Alterations.Select(JsonNode (words) => words)]),
        ["trainings"] = report.Trainings,
        ["history_bars"] = new JsonObject(report.History.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["findings"] = new JsonArray([.. report.Findings.Select(JsonNode (finding) => new JsonObject
        {
            ["code"] = finding.Code,
            ["what"] = finding.What,
            ["symbol"] = finding.Symbol,
            ["date"] = finding.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["size"] = double.IsFinite(finding.Size) ? finding.Size : null,
            ["alteration"] = finding.Alteration,
            ["cause"] = finding.Cause,
        })]),
    };
}
