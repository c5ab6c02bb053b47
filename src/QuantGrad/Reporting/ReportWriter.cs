using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;
using QuantGrad.Reporting.Sections;

namespace QuantGrad.Reporting;

/// <summary>Writes <c>report.html</c> from what lies in a run's folder: one file that opens offline and asks nobody for anything.</summary>
public static class ReportWriter
{
    /// <summary>The file's name in the run's folder.</summary>
    public const string FileName = "report.html";

    /// <summary>Writes the report of a run, or writes it again; the old one stays until the new one is whole.</summary>
    /// <param name="runFolder">A folder as CONTRACT §4 describes it.</param>
    /// <returns>The path of the report.</returns>
    /// <exception cref="UsageException">It is not a run's folder, or a file in it is damaged.</exception>
    public static string Write(string runFolder)
    {
        var run = RecordedRun.Read(runFolder);
        var path = Path.Combine(Path.GetFullPath(runFolder), FileName);
        Publish(path, Compose(run));
        return path;
    }

    /// <summary>The page of a run.</summary>
    internal static string Compose(RecordedRun run)
    {
        var html = new HtmlWriter();
        Page.Begin(html, run.Name);
        TitleSection.Write(html, run);
        GrowthSection.Write(html, run);
        WalkForwardSection.Write(html, run);
        MetricsSection.Write(html, run);
        SettingsSection.Write(html, run);
        Page.End(html);
        return html.ToString();
    }

    internal static void Publish(string path, string page)
    {
        var beside = $"{path}.{Environment.ProcessId}.partial";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(page));
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
