namespace QuantGrad.Features.Syntax;

/// <summary>A formula's text and where it stands, for messages that point at the character.</summary>
/// <param name="Owner">What the formula belongs to, such as <c>feature 'mom_1m'</c>.</param>
/// <param name="Text">The formula.</param>
internal sealed record FormulaSource(string Owner, string Text)
{
    /// <summary>The longest formula accepted.</summary>
    public const int MaxLength = 4000;

    private const int ShownWidth = 100;

    /// <summary>The refusal of the formula at a position, with the line and a caret under the character.</summary>
    public UsageException Error(int position, string message)
    {
        // A long formula shows the part around the fault; a line break would put the caret under the wrong line.
        var first = Math.Max(0, Math.Min(position - ShownWidth / 2, Text.Length - ShownWidth));
        var shown = Text.Substring(first, Math.Min(ShownWidth, Text.Length - first));
        var line = string.Concat(shown.Select(static c => char.IsControl(c) ? ' ' : c));
        return new UsageException($"{Owner}: {message}\n  {line}\n  {new string(' ', position - first)}^ (character {position + 1})");
    }
}
