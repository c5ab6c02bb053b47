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
        Flatten(run.Run, "", identity, skip: ["strategy", "folds"]);
        identity.Write(html);
        if (run.Run.At("strategy") is { } strategy)
        {
            var settings = new Table("The strategy as resolved", "<Setting", "<Value");
            Flatten(strategy, "", settings, skip: []);
            settings.Write(html);
        }

        html.Close().Close();
    }

    private static void Flatten(JsonElement element, string path, Table table, string[] skip)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (Array.IndexOf(skip, member.Name) >= 0) continue;
            var key = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (member.Value.ValueKind == JsonValueKind.Object && member.Value.EnumerateObject().Any()) Flatten(member.Value, key, table, []);
            else table.Row(key, member.Value.Plain());
        }
    }
}
