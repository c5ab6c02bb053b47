using System.Text;

namespace QuantGrad.Reporting.Markup;

/// <summary>
/// Writes HTML in which text can only be text. Tags and attribute names are literals of this program; every value is made visible and escaped,
/// and an element that was opened must be closed before the page can be taken.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder html = new();
    private readonly Stack<string> open = new();

    /// <summary>Opens an element; closed by <see cref="Close"/>.</summary>
    /// <param name="tag">The element's name.</param>
    /// <param name="attributes">Names and values; a null value leaves the attribute out.</param>
    public HtmlWriter Open(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(tag, attributes);
        open.Push(tag);
        return this;
    }

    /// <summary>Closes the element opened last.</summary>
    public HtmlWriter Close()
    {
        html.Append("</").Append(open.Pop()).Append('>');
        if (open.Count < 4) html.Append('\n');
        return this;
    }

    /// <summary>An element that has no content (meta, link, col).</summary>
    /// <param name="tag">The element's name.</param>
    /// <param name="attributes">Names and values.</param>
    public HtmlWriter Void(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(tag, attributes);
        return this;
    }

    /// <summary>An element with text and an optional class.</summary>
    /// <param name="tag">The element's name.</param>
    /// <param name="text">Any text.</param>
    /// <param name="style">The class, or null.</param>
    public HtmlWriter Element(string tag, string text, string? style = null) => Open(tag, ("class", style)).Text(text).Close();

    /// <summary>Text, made visible and escaped.</summary>
    /// <param name="text">Any text.</param>
    public HtmlWriter Text(string text)
    {
        Escape(VisibleText.Of(text));
        return this;
    }

    /// <summary>The content of a style, script or data element, which HTML does not unescape; refused where it could end its element.</summary>
    /// <param name="content">A style sheet, a script, or JSON whose <c>&lt;</c> are escaped.</param>
    public HtmlWriter Raw(string content)
    {
        if (content.Contains("</script", StringComparison.OrdinalIgnoreCase) || content.Contains("</style", StringComparison.OrdinalIgnoreCase)
            || content.Contains("<!--", StringComparison.Ordinal))
            throw new InvalidOperationException("a script, style or data block of the page holds a sequence that would end its element");
        html.Append(content);
        return this;
    }

    /// <summary>The page.</summary>
    /// <exception cref="InvalidOperationException">An element is still open.</exception>
    public override string ToString() =>
        open.Count == 0 ? html.ToString() : throw new InvalidOperationException($"<{open.Peek()}> is still open");

    private void Start(string tag, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        html.Append('<').Append(tag);
        foreach (var (name, value) in attributes)
        {
            if (value is null) continue;
            html.Append(' ').Append(name).Append("=\"");
            Escape(VisibleText.Of(value));
            html.Append('"');
        }

        html.Append('>');
    }

    private void Escape(string text)
    {
        foreach (var letter in text)
            _ = letter switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                _ => html.Append(letter),
            };
    }
}
