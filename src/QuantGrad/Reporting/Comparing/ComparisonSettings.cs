using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;
using QuantGrad.Reporting.Sections;

namespace QuantGrad.Reporting.Comparing;

/// <summary>The settings in which the runs differ, and what identifies each.</summary>
internal static class ComparisonSettings
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, Comparison comparison)
    {
        Page.Section(html, "settings", "Settings", "Only what is not the same in every run.");
        var settings = Array.ConvertAll(comparison.Runs, run => SettingsSection.Flat(run.Run).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));
        var table = new Table("Settings in which the runs differ", ["<Setting", .. comparison.Names.Select(name => "<" + name)]);
        foreach (var key in settings.SelectMany(run => run.Keys).Distinct(StringComparer.Ordinal).Where(key => !key.StartsWith("folds", StringComparison.Ordinal)))
        {
            var values = Array.ConvertAll(settings, run => run.GetValueOrDefault(key, "–"));
            if (values.Distinct(StringComparer.Ordinal).Count() > 1) table.Row([key, .. values]);
        }

        if (table.IsEmpty) html.Element("p", "The runs have the same settings.");
        else table.Write(html);
        html.Close();
    }
}
