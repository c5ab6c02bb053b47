using System.CommandLine;
using System.Text.Json.Nodes;
using QuantGrad.Reporting;

namespace QuantGrad.Cli.Commands;

/// <summary><c>compare</c>: several runs on one page.</summary>
internal sealed class CompareCommand : CliCommand
{
    private readonly Argument<string[]> runs = new("RUN")
    {
        Description = "Two or more runs, each a folder, an id, or a strategy's name for its newest run.",
        Arity = ArgumentArity.OneOrMore,
    };

    public CompareCommand()
        : base("compare", "Writes one HTML page for several runs.", "quantgrad compare quickstart deep-momentum --out reports/compare.html")
    {
        Arguments.Add(runs);
    }

    public override int Execute(Invocation call)
    {
        var folders = call.Get(runs).Select(run => RunCatalog.Find(run, "reports")).ToList();
        var page = ComparisonWriter.Write(folders, call.Out ?? Path.Combine("reports", "compare.html"));
        call.Output.WriteLine(call.Json ? new JsonArray([.. folders.Select(ToJson)]).ToJsonString() : page);
        return 0;
    }

    private static JsonNode ToJson(string folder) => new JsonObject
    {
        ["run"] = folder,
        ["metrics"] = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "metrics.json"))),
    };
}
