using QuantGrad.Reporting.Comparing;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting;

/// <summary>Writes one page for several runs: their equities on the dates that they share, and whether their Sharpe ratios differ by more than luck.</summary>
public static class ComparisonWriter
{
    /// <summary>Writes the page.</summary>
    /// <param name="runFolders">Folders of at least two runs.</param>
    /// <param name="path">Where the page goes.</param>
    /// <returns>The page's path.</returns>
    /// <exception cref="UsageException">There are fewer than two runs, they share too few dates, or a folder is damaged.</exception>
    public static string Write(IReadOnlyList<string> runFolders, string path)
    {
        if (runFolders.Count < 2) throw new UsageException($"compare needs at least two runs; {(runFolders.Count == 0 ? "none was" : $"only {runFolders[0]} was")} given.");
        var page = Compose(Comparison.Of([.. runFolders.Select(RecordedRun.Read)]));
        PublishedFile.WriteText(path, page);
        return Path.GetFullPath(path);
    }

    internal static string Compose(Comparison comparison)
    {
        var html = new HtmlWriter();
        Page.Begin(html, string.Join(", ", comparison.Names));
        ComparisonTitle.Write(html, comparison);
        Page.Navigation(html, [("runs", "The runs"), ("differences", "Differences"), ("settings", "Settings")]);
        ComparisonFigures.Write(html, comparison);
        ComparisonTests.Write(html, comparison);
        ComparisonSettings.Write(html, comparison);
        Page.End(html);
        return html.ToString();
    }
}
