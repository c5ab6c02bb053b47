namespace QuantGrad.Cli;

/// <summary>What the commands run in: a test hands its own.</summary>
/// <param name="Output">Where results go.</param>
/// <param name="Error">Where progress, logs and faults go.</param>
/// <param name="Time">The clock.</param>
/// <param name="Signals">Ctrl+C and termination.</param>
internal sealed record CliHost(TextWriter Output, TextWriter Error, TimeProvider Time, Signals Signals);
