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
        var counts = data.Defects.CountBy(defect => defect.Policy).ToDictionary();
        int Count(DefectPolicy policy) => counts.GetValueOrDefault(policy);
        if (call.Json)
        {
            call.Output.WriteLine(DataJson.Text(new
            {
                Files = data.Files.Count,
                Errors = Count(DefectPolicy.Fail),
                Warnings = Count(DefectPolicy.Warn),
                Fixes = Count(DefectPolicy.Fix),
                data.Defects,
            }));
        }
        else
        {
            foreach (var defect in data.Defects)
                call.Output.WriteLine($"{defect.File}{(defect.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $":{defect.Line}") : "")}: {Word(defect.Policy)}: {defect.Message} [{defect.Code}]");
            call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.Files.Count} file(s): {Count(DefectPolicy.Fail)} error(s), {Count(DefectPolicy.Warn)} warning(s), {Count(DefectPolicy.Fix)} repaired."));
        }

        return Count(DefectPolicy.Fail) > 0 ? 4 : 0;
    }

    private static string Word(DefectPolicy policy) => policy switch { DefectPolicy.Fail => "error", DefectPolicy.Warn => "warning", _ => "repaired" };
}
