using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace QuantGrad.Cli;

/// <summary>What is wrong with a command line, in the program's own words: what was found, and what is expected.</summary>
internal static class Refusal
{
    /// <summary>Writes what is wrong and where help is; gives the exit code.</summary>
    public static int Write(ParseResult parse, TextWriter error)
    {
        var command = parse.CommandResult.Command;
        var known = command.Subcommands.Select(child => child.Name).ToList();
        if (known.Count > 0)
        {
            var word = parse.UnmatchedTokens.FirstOrDefault();
            var found = word is null ? "No command" : $"\"{word}\" is no command";
            var hint = word is null ? "" : NearestName.Hint(word, known);
            error.WriteLine(hint.Length > 0 ? found + hint : $"{found}; expected one of {string.Join(", ", known)}.");
        }
        else
        {
            foreach (var message in parse.Errors.Select(fault => Words(fault, parse)).Distinct(StringComparer.Ordinal)) error.WriteLine(message);
        }

        error.WriteLine($"See: {Path(parse.CommandResult)} --help");
        return 2;
    }

    private static string Words(ParseError fault, ParseResult parse)
    {
        if (fault.SymbolResult is ArgumentResult { Tokens.Count: 0, Parent: CommandResult } missing) return $"{missing.Argument.Name} is missing.";
        var option = fault.SymbolResult as OptionResult ?? fault.SymbolResult?.Parent as OptionResult;
        if (option is { Tokens: [var given] } && Expected(option.Option, given.Value) is { } expected) return $"{option.Option.Name} is '{given.Value}'; expected {expected}.";
        var stray = parse.UnmatchedTokens.FirstOrDefault(token => fault.SymbolResult is CommandResult && fault.Message.Contains($"'{token}'", StringComparison.Ordinal));
        if (stray is null) return fault.Message;
        if (!stray.StartsWith('-')) return $"'{stray}' is one word too many.";
        var name = stray.Split('=', ':')[0];
        return NearestName.Hint(name, OptionNames(parse.CommandResult)) is { Length: > 0 } hint ? $"There is no option {name}{hint}" : $"There is no option {name}.";
    }

    /// <summary>What an option takes, where what was given is something else; null where it is of the right kind.</summary>
    private static string? Expected(Option option, string given)
    {
        var choices = option.GetCompletions(CompletionContext.Empty).Select(choice => choice.Label).ToList();
        if (choices.Count > 0) return choices.Contains(given, StringComparer.Ordinal) ? null : $"one of {string.Join(", ", choices)}";
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        if (type == typeof(int)) return int.TryParse(given, System.Globalization.CultureInfo.InvariantCulture, out _) ? null : "a whole number";
        if (type == typeof(double)) return double.TryParse(given, System.Globalization.CultureInfo.InvariantCulture, out _) ? null : "a number";
        return type == typeof(bool) ? "no value, true or false" : null;
    }

    private static IEnumerable<string> OptionNames(CommandResult result) =>
        result.Command.Options.Select(option => option.Name).Concat(result.Parent is CommandResult parent ? OptionNames(parent) : []);

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : "quantgrad";
}
