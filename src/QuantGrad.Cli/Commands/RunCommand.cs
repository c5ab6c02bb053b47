using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using QuantGrad.Cli.Progress;
using QuantGrad.Reporting;

namespace QuantGrad.Cli.Commands;

/// <summary><c>run</c>: the main job.</summary>
internal sealed class RunCommand : CliCommand
{
    private readonly Argument<string> strategy = new("STRATEGY.yaml") { Description = "The strategy file." };
    private readonly Option<bool> resume = new("--resume") { Description = "Go on with the newest run of the same strategy, data and version: what is finished is not trained again." };

    public RunCommand()
        : base("run", "Trains walk-forward, tests out of sample, reports and exports.", "quantgrad run strategies/quickstart.yaml --set training.epochs=50")
    {
        Arguments.Add(strategy);
        Options.Add(resume);
    }

    public override string Kept => "What was finished is kept: run --resume goes on from it.";

    public override int Execute(Invocation call)
    {
        var settings = call.ReadStrategy(call.Get(strategy));
        var options = new RunOptions(call.Out, "reports", call.Threads, call.Get(resume));
        var folder = RunDisplay.During(call, progress => Pipeline.Run(settings, options, progress, call.Time, call.Cancellation));
        var metrics = File.ReadAllText(Path.Combine(folder, "metrics.json"));
        if (call.Json) call.Output.WriteLine(metrics.TrimEnd());
        else WriteSummary(call.Output, metrics, folder);
        return 0;
    }

    private static void WriteSummary(TextWriter output, string metrics, string folder)
    {
        using var json = JsonDocument.Parse(metrics);
        output.WriteLine("                    out of sample   in sample   benchmark");
        foreach (var (key, title, format) in new[]
                 {
                     ("sharpe", "Sharpe ratio", "0.00"), ("cagr", "return a year", "0.0%"), ("volatility", "volatility", "0.0%"),
                     ("max_drawdown", "largest drawdown", "0.0%"), ("turnover_per_year", "turnover a year", "0.0"), ("cost_per_year", "cost a year", "0.00%"),
                 })
        {
            string Of(string block) => Figure(json.RootElement, block, key, format);
            output.WriteLine($"{title,-18}{Of("out_of_sample"),15}{Of("in_sample"),12}{Of("benchmark"),12}");
        }
        if (json.RootElement.TryGetProperty("ruined_on", out var date) && date.ValueKind == JsonValueKind.String)
            output.WriteLine($"Ruined on {date.GetString()}: the loss of that bar took all equity, and the account was closed; nothing is held or earned after it.");
        output.WriteLine($"report  {Path.Combine(folder, "report.html")}");
        output.WriteLine($"model   {Path.Combine(folder, "model")}");
    }

    private static string Figure(JsonElement metrics, string block, string key, string format) =>
        metrics.TryGetProperty(block, out var figures) && figures.TryGetProperty(key, out var figure) && figure.ValueKind == JsonValueKind.Number
            ? figure.GetDouble().ToString(format, CultureInfo.InvariantCulture)
            : "n/a";
}
