using System.CommandLine;
using System.Text;
using System.Text.Json;
using QuantGrad.Metrics;
using QuantGrad.Metrics.Checking;

namespace QuantGrad.Cli.Commands;

/// <summary><c>check</c>: can a Sharpe ratio be believed?</summary>
internal sealed class CheckCommand : CliCommand
{
    private readonly Argument<string> returns = new("RETURNS.csv") { Description = "A column of returns (net_return, return, returns, or the only numbers), dates beside it or not; - reads standard input." };
    private readonly Option<int> trials = new("--trials") { Description = "How many strategies were tried before this one was chosen, itself among them.", HelpName = "N", Required = true };
    private readonly Option<double> minimum = new("--min-dsr") { Description = "The deflated probability from which the ratio is believed; below it the exit code is 4.", HelpName = "P", DefaultValueFactory = _ => 0.95 };
    private readonly Option<double?> periods = new("--periods-per-year") { Description = "Bars a year; found from the dates where not given, 252 without dates.", HelpName = "A" };
    private readonly Option<double> benchmark = new("--benchmark-sharpe") { Description = "The annual Sharpe ratio to be above.", HelpName = "SR" };
    private readonly Option<double> riskFree = new("--risk-free") { Description = "The annual risk-free rate as a fraction.", HelpName = "R" };
    private readonly Option<string?> column = new("--column") { Description = "The column with the returns.", HelpName = "NAME" };

    public CheckCommand()
        : base("check", "Is this Sharpe ratio real? PSR, DSR, minimum track record, bootstrap interval, verdict.", "quantgrad check returns.csv --trials 48\ncat returns.csv | quantgrad check - --trials 1 --json")
    {
        Arguments.Add(returns);
        foreach (var option in new Option[] { trials, minimum, periods, benchmark, riskFree, column }) Options.Add(option);
    }

    public override int Execute(Invocation call)
    {
        if (call.Get(trials) < 1) throw new UsageException(FormattableString.Invariant($"--trials is {call.Get(trials)}; expected at least 1, the strategy itself."));
        if (call.Get(minimum) is not (> 0 and < 1)) throw new UsageException(FormattableString.Invariant($"--min-dsr is {call.Get(minimum)}; expected a probability between 0 and 1, such as 0.95."));
        if (call.Get(periods) is { } given && !(given > 0 && double.IsFinite(given))) throw new UsageException(FormattableString.Invariant($"--periods-per-year is {given}; expected a number above 0, such as 252."));
        var file = Read(call.Get(returns), call.Get(column));
        var check = new SharpeCheck(
            file,
            new MetricOptions
            {
                PeriodsPerYear = call.Get(periods) ?? file.PeriodsPerYear,
                Trials = call.Get(trials),
                BenchmarkSharpe = call.Get(benchmark),
                RiskFree = call.Get(riskFree),
                Seed = (ulong)(call.Seed ?? 1),
            },
            call.Get(minimum));
        if (call.Json) WriteJson(check, call.Output);
        else call.Output.Write(check.ToText());
        return check.IsBelievable ? 0 : 4;
    }

    private static ReturnsFile Read(string path, string? column)
    {
        if (!string.Equals(path, "-", StringComparison.Ordinal)) return ReturnsFile.Read(path, column);
        using var input = Console.OpenStandardInput();
        return ReturnsFile.Read(input, column);
    }

    private static void WriteJson(SharpeCheck check, TextWriter output)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true })) check.WriteTo(writer);
        output.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
