using System.Text.Json;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>What is needed to make the run again: the strategy as resolved, hashes, versions, the machine.</summary>
internal static class SettingsSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RecordedRun run)
    {
        Page.Section(html, "settings", "Settings", "The strategy as it was resolved, with defaults filled in, and what identifies the run.");
        html.Open("div", ("class", "columns"));
        var identity = new Table("The run", "<Key", "<Value");
        identity.Row("run", run.Id);
        foreach (var (key, value) in Flat(run.Run))
            if (!key.StartsWith("strategy.", StringComparison.Ordinal) && key != "folds") identity.Row(key, value);
        identity.Write(html);
        if (run.Run.At("strategy") is { } strategy)
        {
            var settings = new Table("The strategy as resolved", "<Setting", "<Value");
            foreach (var (key, value) in Flat(strategy)) settings.Row(key, value);
            settings.Write(html);
        }

        html.Close().Close();
    }

    /// <summary>The members of a document by their paths, objects taken apart.</summary>
    internal static IEnumerable<(string Key, string Value)> Flat(JsonElement element, string path = "")
    {
        foreach (var member in element.EnumerateObject())
        {
            var key = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (member.Value.ValueKind != JsonValueKind.Object || !member.Value.EnumerateObject().Any()) yield return (key, member.Value.Plain());
            else
                foreach (var inner in Flat(member.Value, key)) yield return inner;
        }
    }
}
