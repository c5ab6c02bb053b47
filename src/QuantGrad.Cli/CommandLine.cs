using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using QuantGrad.Cli.Commands;

namespace QuantGrad.Cli;

/// <summary>From arguments to exit code.</summary>
internal static class CommandLine
{
    /// <summary>Parses, runs, and turns every fault into one message and an exit code.</summary>
    public static int Run(string[] args, CliHost host)
    {
        var parse = CreateRoot().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0) return Refusal.Write(parse, host.Error);

        // Commands have no action of System.CommandLine's: one that is there is --help or --version.
        if (parse.Action is not null)
            return parse.Invoke(new InvocationConfiguration { Output = host.Output, Error = host.Error, EnableDefaultExceptionHandler = false });
        return Execute((CliCommand)parse.CommandResult.Command, new Invocation(parse, host), host);
    }

    /// <summary>All commands.</summary>
    public static RootCommand CreateRoot()
    {
        var root = new RootCommand("Trains trading strategies by backpropagation through their own backtest, tests them walk-forward, reports and exports them.");
        foreach (var command in CommandList.All()) root.Subcommands.Add(command);
        CommonOptions.AddTo(root);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExample((HelpAction)help.Action!);
        return root;
    }

    private static int Execute(CliCommand command, Invocation call, CliHost host)
    {
        try
        {
            return command.Execute(call);
        }
        catch (OperationCanceledException) when (host.Signals.Token.IsCancellationRequested)
        {
            host.Error.WriteLine($"Cancelled. {command.Kept}");
            return host.Signals.ExitCode;
        }
        catch (QuantGradException fault)
        {
            host.Error.WriteLine(call.Verbose ? $"{fault.Message}{Environment.NewLine}{fault}" : fault.Message);
            return fault.ExitCode;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            var reason = fault.Message.Split('\n')[0].TrimEnd('.', '\r');
            host.Error.WriteLine(call.Verbose ? fault.ToString()
                : call.Out is { } target ? $"--out {target} cannot be used: {reason}."
                : $"The result cannot be written: {reason}; --out names another place.");
            return 2;
        }
        catch (Exception fault)
        {
            host.Error.WriteLine(call.Verbose ? fault.ToString() : $"A fault of the program's own: {FirstLine(fault)} (--verbose shows where).");
            return 1;
        }
    }

    private static string FirstLine(Exception fault) => $"{fault.GetType().Name}: {fault.Message.Split('\n')[0].TrimEnd('.', '\r')}";

    private sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            if (parseResult.CommandResult.Command is CliCommand command) output.WriteLine($"Example:\n  {command.Example.ReplaceLineEndings("\n  ")}");
            else if (parseResult.CommandResult.Command is RootCommand) output.WriteLine("Example:\n  quantgrad run strategies/quickstart.yaml");
            return code;
        }
    }
}
