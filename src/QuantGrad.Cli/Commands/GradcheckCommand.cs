using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using QuantGrad.Auditing;

namespace QuantGrad.Cli.Commands;

/// <summary><c>gradcheck</c>: the backpropagated gradient against central differences.</summary>
internal sealed class GradcheckCommand : CliCommand
{
    private readonly Argument<string> strategy = new("STRATEGY.yaml") { Description = "The strategy file." };
    private readonly Option<double> tolerance = new("--tolerance")
    {
        Description = "The largest relative error that passes.",
        DefaultValueFactory = _ => StrategyGradientCheck.DefaultTolerance,
    };

    public GradcheckCommand()
        : base("gradcheck", "Compares the backpropagated gradient with central differences, per parameter group.", "quantgrad gradcheck strategies/quickstart.yaml")
    {
        Arguments.Add(strategy);
        Options.Add(tolerance);
    }

    public override int Execute(Invocation call)
    {
        var report = StrategyGradientCheck.Run(call.ReadStrategy(call.Get(strategy)), call.Threads, tolerance: call.Get(tolerance));
        if (call.Json) call.Output.WriteLine(ToJson(report).ToJsonString());
        else Show(report, call.Output);
        return report.Passed ? 0 : 4;
    }

    private static void Show(GradientCheckReport report, TextWriter output)
    {
        var width = report.Groups.Max(group => group.Parameter.Length);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Strategy}: {report.Steps} bars of {report.Assets} symbols, in double"));
        foreach (var group in report.Groups)
        {
            var verdict = group.MaxError <= report.Tolerance ? "holds" : "DOES NOT HOLD";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{group.Parameter.PadRight(width)}  {group.Checked,5} of {group.Count,-6} largest relative error {group.MaxError:0.0e+00}  {verdict}{(group.Unresolved == 0 ? "" : $", {group.Unresolved} too near a kink to say more than that they agree")}"));
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(report.Passed ? "Every group holds" : "Not every group holds")} to {report.Tolerance:0.0e+00}."));
    }

    private static JsonObject ToJson(GradientCheckReport report) => new()
    {
        ["strategy"] = report.Strategy,
        ["steps"] = report.Steps,
        ["assets"] = report.Assets,
        ["tolerance"] = report.Tolerance,
        ["passed"] = report.Passed,
        ["groups"] = new JsonArray([.. report.Groups.Select(JsonNode (group) => new JsonObject
        {
            ["parameter"] = group.Parameter,
            ["checked"] = group.Checked,
            ["count"] = group.Count,
            ["unresolved"] = group.Unresolved,
            ["max_error"] = double.IsFinite(group.MaxError) ? group.MaxError : null,
            ["backward"] = double.IsFinite(group.Backward) ? group.Backward : null,
            ["difference"] = double.IsFinite(group.Difference) ? group.Difference : null,
        })]),
    };
}
