using System.Security.Cryptography;
using System.Text;
using QuantGrad.Reporting.Markup;

namespace QuantGrad.Reporting;

/// <summary>The frame of a page: head with its content policy, the style sheet, the navigation, the script. Nothing in it comes from a run.</summary>
internal static class Page
{
    private static readonly Lazy<string> Style = new(() => Resource("page.css"));
    private static readonly Lazy<string> Script = new(() => Resource("page.js"));

    /// <summary>
    /// Nothing may be loaded, sent or framed, and only the one style sheet and the one script of the page, named by their hashes, take effect:
    /// an element that a name smuggled in could do nothing.
    /// </summary>
    internal static string ContentPolicy =>
        $"default-src 'none'; script-src '{Hash(Script.Value)}'; style-src '{Hash(Style.Value)}'; img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>Opens the page.</summary>
    /// <param name="html">The page.</param>
    /// <param name="title">The window's title.</param>
    public static void Begin(HtmlWriter html, string title)
    {
        html.Void("!doctype html").Open("html", ("lang", "en")).Open("head");
        html.Void("meta", ("charset", "utf-8"));
        html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", ContentPolicy));
        html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
        html.Void("meta", ("name", "referrer"), ("content", "no-referrer"));
        html.Void("link", ("rel", "icon"), ("href", "data:,"));
        html.Element("title", title + " · QuantGrad");
        html.Open("style").Raw(Style.Value).Close().Close().Open("body");
        html.Open("a", ("class", "skip"), ("href", "#content")).Text("Skip to the report").Close();
        html.Open("main", ("id", "content"));
    }

    /// <summary>Links to the sections; stays in sight.</summary>
    /// <param name="html">The page.</param>
    /// <param name="sections">Anchors and names.</param>
    public static void Navigation(HtmlWriter html, IEnumerable<(string Id, string Name)> sections)
    {
        html.Open("nav", ("aria-label", "Sections"));
        foreach (var (id, name) in sections) html.Open("a", ("href", "#" + id)).Text(name).Close();
        html.Close();
    }

    /// <summary>A section with its heading; closed by <see cref="HtmlWriter.Close"/>.</summary>
    /// <param name="html">The page.</param>
    /// <param name="id">The anchor.</param>
    /// <param name="heading">The heading.</param>
    /// <param name="lead">What the section answers, or null.</param>
    public static void Section(HtmlWriter html, string id, string heading, string? lead = null)
    {
        html.Open("section", ("id", id), ("aria-labelledby", id + "-heading")).Open("h2", ("id", id + "-heading")).Text(heading).Close();
        if (lead is not null) html.Element("p", lead, "lead");
    }

    /// <summary>Closes the page.</summary>
    /// <param name="html">The page.</param>
    public static void End(HtmlWriter html)
    {
        html.Close();
        html.Open("p", ("id", "speech"), ("class", "unseen"), ("aria-live", "polite")).Close();
        html.Open("script").Raw(Script.Value).Close();
        html.Close().Close();
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream("QuantGrad.Reporting." + name)
            ?? throw new InvalidOperationException($"the build did not embed {name}; build src/QuantGrad again with npm at hand");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
