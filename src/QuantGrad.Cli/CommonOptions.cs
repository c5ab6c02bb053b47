using System.CommandLine;
using System.Globalization;

namespace QuantGrad.Cli;

/// <summary>The options that mean the same for every command.</summary>
internal static class CommonOptions
{
    /// <summary>The root of every random stream.</summary>
    public static Option<int?> Seed { get; } = new("--seed") { Description = "The root of every random stream; over the strategy file's seed.", HelpName = "N", Recursive = true };

    /// <summary>Threads to use.</summary>
    public static Option<int> Threads { get; } = new("--threads")
    {
        Description = "Threads to use; the result is the same for any number.",
        HelpName = "N",
        Recursive = true,
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    /// <summary>Where the result goes.</summary>
    public static Option<string?> Out { get; } = new("--out", "-o") { Description = "File or folder for the result, where a command writes one.", HelpName = "PATH", Recursive = true };

    /// <summary>No progress.</summary>
    public static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress on standard error.", Recursive = true };

    /// <summary>Stack traces and more words.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Every epoch in the progress, and the stack trace of a fault.", Recursive = true };

    /// <summary>One JSON document as the result.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "The result as one JSON document on standard output.", Recursive = true };

    /// <summary>Settings over the strategy file's.</summary>
    public static Option<string[]> Set { get; } = new("--set")
    {
        Description = "One setting over the strategy file's, e.g. --set training.epochs=50; may be repeated.",
        HelpName = "key.path=value",
        Recursive = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Adds them to the root; they are known to every command below it.</summary>
    public static void AddTo(RootCommand root)
    {
        Threads.Validators.Clear();
        Threads.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var threads) && threads < 1)
                result.AddError($"--threads is {threads}; expected at least 1.");
        });
        foreach (var option in new Option[] { Seed, Threads, Out, Quiet, Verbose, Json, Set }) root.Options.Add(option);
    }
}
