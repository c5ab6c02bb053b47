using System.Globalization;
using System.Text.Json.Nodes;
using QuantGrad.Reporting;

namespace QuantGrad.Cli.Commands;

/// <summary><c>runs</c>: what is kept below <c>reports</c>.</summary>
internal sealed class RunsCommand() : CliCommand("runs", "Lists the runs kept so far, oldest first.", "quantgrad runs")
{
    public override int Execute(Invocation call)
    {
        var runs = RunCatalog.List("reports");
        if (call.Json)
        {
            call.Output.WriteLine(new JsonArray([.. runs.Select(ToJson)]).ToJsonString());
            return 0;
        }
        if (runs.Count == 0) call.Error.WriteLine("No runs below reports/ yet; quantgrad run strategies/quickstart.yaml makes one.");
        foreach (var run in runs)
        {
            var sharpe = double.IsNaN(run.Sharpe) ? "n/a" : run.Sharpe.ToString("0.00", CultureInfo.InvariantCulture);
            call.Output.WriteLine($"{run.Started}  {run.State,-10}  Sharpe {sharpe,6}  {run.Path}");
        }
        return 0;
    }

    private static JsonNode ToJson(RunSummary run) => new JsonObject
    {
        ["strategy"] = run.Strategy,
        ["id"] = run.Id,
        ["state"] = run.State,
        ["started"] = run.Started,
        ["sharpe"] = double.IsNaN(run.Sharpe) ? null : run.Sharpe,
        ["path"] = run.Path,
    };
}
