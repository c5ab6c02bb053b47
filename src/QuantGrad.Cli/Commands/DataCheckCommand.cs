using System.CommandLine;
using System.Globalization;
using QuantGrad.MarketData;

namespace QuantGrad.Cli.Commands;

/// <summary><c>data check</c>: the defects of price files, each with file, line, code and what a run does about it.</summary>
internal sealed class DataCheckCommand : CliCommand
{
    private readonly Argument<string[]> paths = DataCommand.Paths();

    public DataCheckCommand()
        : base("check", "Finds defects in price files; ends with 4 where a run would refuse them.", "quantgrad data check data/sample")
    {
        Arguments.Add(paths);
    }

    public override int Execute(Invocation call)
    {
        var data = MarketDataLoader.Inspect(call.Get(paths));
        if (call.Json)
        {
            call.Output.WriteLine(DataJson.Text(new
            {
                Files = data.Files.Count,
                Errors = data.Findings(DefectPolicy.Fail),
                Warnings = data.Findings(DefectPolicy.Warn),
                Fixes = data.Findings(DefectPolicy.Fix),
                data.Defects,
            }));
        }
        else
        {
            foreach (var defect in data.Defects)
                call.Output.WriteLine($"{defect.File}{(defect.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $":{defect.Line}") : "")}: {Word(defect.Policy)}: {defect.Message} [{defect.Code}]");
            call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.Files.Count} file(s): {data.Findings(DefectPolicy.Fail)} error(s), {data.Findings(DefectPolicy.Warn)} warning(s), {data.Findings(DefectPolicy.Fix)} repaired."));
        }

        return data.Findings(DefectPolicy.Fail) > 0 ? 4 : 0;
    }

    private static string Word(DefectPolicy policy) => policy switch { DefectPolicy.Fail => "error", DefectPolicy.Warn => "warning", _ => "repaired" };
}
