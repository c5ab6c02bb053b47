using System.CommandLine;
using QuantGrad.Reporting;

namespace QuantGrad.Cli.Commands;

/// <summary><c>report</c>: the page of a run, written again from the run's files.</summary>
internal sealed class ReportCommand : CliCommand
{
    private readonly Argument<string> run = new("RUN") { Description = "A run's folder, its id, or a strategy's name for its newest run." };

    public ReportCommand()
        : base("report", "Writes a run's HTML report again.", "quantgrad report quickstart")
    {
        Arguments.Add(run);
    }

    public override int Execute(Invocation call)
    {
        var folder = RunCatalog.Find(call.Get(run), "reports");
        var page = ReportWriter.Write(folder);
        call.Output.WriteLine(call.Json ? File.ReadAllText(Path.Combine(folder, "metrics.json")).TrimEnd() : page);
        return 0;
    }
}
