using System.CommandLine;

namespace QuantGrad.Cli;

/// <summary>One command: its words, its arguments and what it does. Parse, call, show; no logic.</summary>
/// <param name="name">The word on the command line.</param>
/// <param name="summary">What it does, one sentence.</param>
/// <param name="example">A command line that works, for the help.</param>
internal abstract class CliCommand(string name, string summary, string example) : Command(name, summary)
{
    /// <summary>A command line that works.</summary>
    public string Example { get; } = example;

    /// <summary>What a cancellation leaves behind, one sentence.</summary>
    public virtual string Kept => "Nothing was written.";

    /// <summary>Does the work.</summary>
    /// <param name="call">The arguments and where the result goes.</param>
    /// <returns>The exit code (CONTRACT section 1).</returns>
    public abstract int Execute(Invocation call);
}
