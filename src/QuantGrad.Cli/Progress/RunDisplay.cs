using QuantGrad.Training;
using Spectre.Console;

namespace QuantGrad.Cli.Progress;

/// <summary>Chooses how a run is shown: bars on a terminal, lines when redirected, nothing with <c>--quiet</c>; the log is always written.</summary>
internal static class RunDisplay
{
    /// <summary>Does the work with its progress shown and logged.</summary>
    public static T During<T>(Invocation call, Func<IRunProgress, T> work)
    {
        if (call.Quiet) return Logged(SilentProgress.Instance, work);
        if (!IsTerminal(call)) return Logged(new PlainProgress(call.Error, call.Time, call.Verbose), work);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(call.Error) });
        return LiveProgress.During(console, bars => Logged(bars, work));
    }

    // Bars need the real standard error, on a terminal that can move its cursor.
    private static bool IsTerminal(Invocation call) =>
        ReferenceEquals(call.Error, Console.Error) && !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    private static T Logged<T>(IRunProgress display, Func<IRunProgress, T> work)
    {
        using var log = new LogProgress(display);
        try
        {
            return work(log);
        }
        catch (Exception fault)
        {
            log.Fault(fault);
            throw;
        }
    }
}
