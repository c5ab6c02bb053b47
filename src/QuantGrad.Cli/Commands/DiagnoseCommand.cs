using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using QuantGrad.Cli.Progress;
using QuantGrad.Reporting;

namespace QuantGrad.Cli.Commands;

/// <summary><c>diagnose</c>: training looked at from within.</summary>
internal sealed class DiagnoseCommand : CliCommand
{
    private readonly Argument<string> strategy = new("STRATEGY.yaml") { Description = "The strategy file, with a network." };
    private readonly Option<int?> fold = new("--fold") { Description = "The fold whose train rows are looked at, from 0; the newest by default." };

    public DiagnoseCommand()
        : base("diagnose", "Looks at training from within: learning rates, loss landscape, gradients by layer, credit.", "quantgrad diagnose strategies/quickstart.yaml")
    {
        Arguments.Add(strategy);
        Options.Add(fold);
    }

    public override int Execute(Invocation call)
    {
        var settings = call.ReadStrategy(call.Get(strategy));
        var folder = RunDisplay.During(call, progress => DiagnosisWriter.Write(settings, call.Get(fold), call.Out, "reports", call.Threads, progress, call.Time, call.Cancellation));
        var json = File.ReadAllText(Path.Combine(folder, DiagnosisWriter.FileName));
        if (call.Json) call.Output.WriteLine(json.TrimEnd());
        else Show(call.Output, json, folder);
        return 0;
    }

    private static void Show(TextWriter output, string text, string folder)
    {
        using var document = JsonDocument.Parse(text);
        var json = document.RootElement;
        var flow = json.GetProperty("gradient_flow");
        output.WriteLine($"gradient   {flow.GetProperty("text").GetString()}");
        foreach (var cure in flow.GetProperty("cures").EnumerateArray()) output.WriteLine($"  cure     {cure.GetString()}");
        output.WriteLine($"rate       the objective rises fastest at {Number(json.GetProperty("learning_rate_range").GetProperty("suggested"))}; the file has {Number(json.GetProperty("learning_rate"))}");
        foreach (var rate in json.GetProperty("learning_rates").EnumerateArray())
        {
            var curve = rate.GetProperty("objectives").EnumerateArray().ToArray();
            output.WriteLine($"  {rate.GetProperty("name").GetString(),-10} {Number(rate.GetProperty("rate")),8}  objective {(curve.Length == 0 ? "n/a" : Number(curve[0]))} to {(curve.Length == 0 ? "n/a" : Number(curve[^1]))} in {curve.Length} epochs");
        }

        foreach (var point in json.GetProperty("descent").GetProperty("points").EnumerateArray())
            output.WriteLine($"epoch {point.GetProperty("epoch").GetRawText(),-4} {point.GetProperty("kind").GetString()}: curvature from {Number(point.GetProperty("smallest_eigenvalue"))} to {Number(point.GetProperty("largest_eigenvalue"))}");
        output.WriteLine($"page       {Path.Combine(folder, DiagnosisWriter.PageName)}");
    }

    private static string Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString("g3", CultureInfo.InvariantCulture) : "n/a";
}
