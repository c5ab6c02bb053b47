using System.Globalization;

namespace QuantGrad.Strategies.Reading;

/// <summary>Where a value was written: a strategy file, or a <c>--set</c> on the command line.</summary>
/// <param name="Name">The file's path as the user gave it, or the option with its text.</param>
/// <param name="Folder">The folder that relative paths start from.</param>
/// <param name="HasLines">Whether a line number means something.</param>
internal sealed record Source(string Name, string Folder, bool HasLines);

/// <summary>A value of a strategy file with its place in it.</summary>
internal abstract record Node(Source Source, long Line)
{
    /// <summary>File and line, or the option: how an error message begins.</summary>
    public string Where => Source.HasLines ? string.Create(CultureInfo.InvariantCulture, $"{Source.Name}, line {Line}") : Source.Name;

    /// <summary>What was found, for an error message.</summary>
    public abstract string Found { get; }
}

/// <summary>Text, a number, a date, or nothing.</summary>
internal sealed record ScalarNode(Source Source, long Line, string Text, bool Quoted) : Node(Source, Line)
{
    /// <summary>Whether the key was written without a value, or with <c>null</c> or <c>~</c>.</summary>
    public bool IsNull => !Quoted && Text is "" or "null" or "~";

    /// <summary>The most characters of a text that a message quotes.</summary>
    private const int QuotedCharacters = 80;

    /// <inheritdoc/>
    public override string Found => IsNull ? "empty"
        : double.TryParse(Text, CultureInfo.InvariantCulture, out _) ? Text
        : Text.Length <= QuotedCharacters ? $"\"{Text}\""
        : $"\"{Text.AsSpan(0, QuotedCharacters).TrimEnd()}…\" ({Text.Length.ToString(CultureInfo.InvariantCulture)} characters)";
}

/// <summary>A list.</summary>
internal sealed record ListNode(Source Source, long Line, List<Node> Items) : Node(Source, Line)
{
    /// <inheritdoc/>
    public override string Found => "a list";
}

/// <summary>Keys with values, in the order written.</summary>
internal sealed record MapNode(Source Source, long Line, List<MapEntry> Entries) : Node(Source, Line)
{
    /// <inheritdoc/>
    public override string Found => "a group of keys";

    /// <summary>The entry of a key, or null.</summary>
    public MapEntry? Find(string key) => Entries.Find(entry => string.Equals(entry.Key.Text, key, StringComparison.Ordinal));
}

/// <summary>A key and its value.</summary>
internal sealed record MapEntry(ScalarNode Key, Node Value);
