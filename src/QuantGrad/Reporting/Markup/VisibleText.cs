using System.Globalization;
using System.Text;

namespace QuantGrad.Reporting.Markup;

/// <summary>Makes every character of a name visible: what a file or a symbol is called cannot reorder, hide or break the text around it.</summary>
internal static class VisibleText
{
    /// <summary>The text with control, direction and zero-width characters (and lone surrogates) written out as ⟨U+202E⟩.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(string text)
    {
        var at = 0;
        while (at < text.Length && !NeedsEscape(text, at)) at++;
        if (at == text.Length) return text;

        var visible = new StringBuilder(text, 0, at, text.Length + 16);
        for (; at < text.Length; at++)
        {
            if (NeedsEscape(text, at))
            {
                visible.Append(CultureInfo.InvariantCulture, $"⟨U+{(int)text[at]:X4}⟩");
                continue;
            }

            visible.Append(text[at]);
            if (char.IsHighSurrogate(text[at])) visible.Append(text[++at]);
        }

        return visible.ToString();
    }

    private static bool NeedsEscape(string text, int at)
    {
        var letter = text[at];
        if (letter is '\n' or '\t') return false;
        if (char.IsLowSurrogate(letter)) return at == 0 || !char.IsHighSurrogate(text[at - 1]);
        if (char.IsHighSurrogate(letter)) return at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]);
        return char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
    }
}
