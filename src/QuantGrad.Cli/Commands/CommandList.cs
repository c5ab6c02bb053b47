using System.CommandLine;

namespace QuantGrad.Cli.Commands;

/// <summary>Every command, in the order of the help. A new command is a file beside this one and a line here.</summary>
internal static class CommandList
{
    /// <summary>New instances of all commands.</summary>
    public static IEnumerable<Command> All() =>
    [
        new RunCommand(),
        new DataCommand(),
        new RunsCommand(),
        new ReportCommand(),
        new CompareCommand(),
        new ExportCommand(),
        new PredictCommand(),
        new ServeCommand(),
        new GradcheckCommand(),
        new DiagnoseCommand(),
        new FeaturesCommand(),
        new IndicatorCommand(),
        new AuditCommand(),
        new CheckCommand(),
    ];
}
