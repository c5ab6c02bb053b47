using System.CommandLine;

namespace QuantGrad.Cli.Commands;

/// <summary><c>data</c>: everything about price files.</summary>
internal sealed class DataCommand : Command
{
    public DataCommand()
        : base("data", "Checks, describes, makes and fetches price files.")
    {
        Subcommands.Add(new DataCheckCommand());
        Subcommands.Add(new DataInfoCommand());
        Subcommands.Add(new DataSynthCommand());
        Subcommands.Add(new DataDownloadCommand());
    }

    /// <summary>The argument of the commands that read prices.</summary>
    internal static Argument<string[]> Paths() =>
        new("PATH") { Description = "CSV files and folders of them, plain, .gz or .zip.", Arity = ArgumentArity.OneOrMore };
}
