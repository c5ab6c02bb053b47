using System.CommandLine;
using System.Globalization;
using QuantGrad.Strategies;

namespace QuantGrad.Cli;

/// <summary>One call of a command.</summary>
/// <param name="parse">The command line as parsed.</param>
/// <param name="host">What the command runs in.</param>
internal sealed class Invocation(ParseResult parse, CliHost host)
{
    /// <summary>Where the result goes.</summary>
    public TextWriter Output => host.Output;

    /// <summary>Where progress, logs and faults go.</summary>
    public TextWriter Error => host.Error;

    /// <summary>The clock.</summary>
    public TimeProvider Time => host.Time;

    /// <summary>Cancelled by Ctrl+C or SIGTERM; the work throws <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation => host.Signals.Token;

    /// <summary><c>--seed</c>, or null.</summary>
    public int? Seed => parse.GetValue(CommonOptions.Seed);

    /// <summary><c>--threads</c>, at least 1.</summary>
    public int Threads => parse.GetValue(CommonOptions.Threads);

    /// <summary><c>--out</c>, or null.</summary>
    public string? Out => parse.GetValue(CommonOptions.Out);

    /// <summary><c>--quiet</c>.</summary>
    public bool Quiet => parse.GetValue(CommonOptions.Quiet);

    /// <summary><c>--verbose</c>.</summary>
    public bool Verbose => parse.GetValue(CommonOptions.Verbose);

    /// <summary><c>--json</c>.</summary>
    public bool Json => parse.GetValue(CommonOptions.Json);

    /// <summary><c>--set</c>, and <c>--seed</c> as one of them.</summary>
    public IReadOnlyList<string> Overrides =>
        [.. parse.GetValue(CommonOptions.Set) ?? [], .. Seed is { } seed ? [string.Create(CultureInfo.InvariantCulture, $"seed={seed}")] : Array.Empty<string>()];

    /// <summary>The value of an argument of the command.</summary>
    public T Get<T>(Argument<T> argument) => parse.GetValue(argument)!;

    /// <summary>The value of an option of the command.</summary>
    public T? Get<T>(Option<T> option) => parse.GetValue(option);

    /// <summary>Reads a strategy file with <c>--set</c> and <c>--seed</c> over it.</summary>
    public Strategy ReadStrategy(string path) => StrategyFile.Read(path, Overrides);
}
