using System.CommandLine;
using System.Globalization;
using QuantGrad.MarketData;

namespace QuantGrad.Cli.Commands;

/// <summary><c>data info</c>: what was found out about price files.</summary>
internal sealed class DataInfoCommand : CliCommand
{
    private readonly Argument<string[]> paths = DataCommand.Paths();

    public DataInfoCommand()
        : base("info", "Says how price files are laid out, and their symbols, periods, bar size, rows and gaps.", "quantgrad data info data/sample")
    {
        Arguments.Add(paths);
    }

    public override int Execute(Invocation call)
    {
        var data = MarketDataLoader.Inspect(call.Get(paths));
        var symbols = data.Symbols();
        if (call.Json)
        {
            call.Output.WriteLine(DataJson.Text(new
            {
                Files = data.Files.Select(file => new { file.Path, Layout = file.Format?.Describe(), Source = file.Format?.Source, file.Rows, Sha256 = file.Hash.Value }),
                Symbols = symbols,
                Dates = data.Panel.Steps,
                BarInterval = data.Sampling.Describe(),
                BarIntervalSeconds = data.BarInterval.TotalSeconds,
                data.PeriodsPerYear,
                data.Sha256,
                Errors = data.Findings(DefectPolicy.Fail),
            }));
            return 0;
        }

        foreach (var file in data.Files)
            call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Path}: {file.Rows} bars; {file.Format?.Describe() ?? "not recognised"}"));
        call.Output.WriteLine();
        var width = symbols.Select(symbol => symbol.Symbol.Length).Append(6).Max();
        call.Output.WriteLine($"{"symbol".PadRight(width)}  {"first",-20}  {"last",-20}  {"bars",9}  {"missing",9}  gaps");
        foreach (var symbol in symbols)
            call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{symbol.Symbol.PadRight(width)}  {DataJson.Date(symbol.First),-20}  {DataJson.Date(symbol.Last),-20}  {symbol.Bars,9}  {symbol.Missing,9}  {symbol.Gaps}"));
        call.Output.WriteLine();
        call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.Sampling.Describe()} bars, {data.PeriodsPerYear:0.##} a year, {data.Panel.Steps} dates; sha256 {data.Sha256}"));
        var errors = data.Findings(DefectPolicy.Fail);
        if (data.Defects.Count > 0)
            call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.Defects.Sum(defect => defect.Findings)} defect(s), {errors} of which a run refuses; `quantgrad data check` lists them."));
        return 0;
    }
}
