using System.Globalization;
using System.Text.Json;
using QuantGrad.Diagnosing;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;
using QuantGrad.Reporting.Sections;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Reporting;

/// <summary>Diagnoses a strategy and writes <c>diagnostics.json</c> and, drawn from it, <c>diagnostics.html</c>.</summary>
public static class DiagnosisWriter
{
    /// <summary>The figures.</summary>
    public const string FileName = "diagnostics.json";

    /// <summary>The page.</summary>
    public const string PageName = "diagnostics.html";

    /// <summary>Diagnoses a strategy.</summary>
    /// <param name="strategy">The strategy, with a network.</param>
    /// <param name="fold">The fold, from 0; null for the newest.</param>
    /// <param name="folder">Where the files go, such as the folder of a run, whose report then draws them; null for a folder of its own under <paramref name="reports"/>.</param>
    /// <param name="reports">The folder of all runs.</param>
    /// <param name="threads">Threads; the figures do not depend on them.</param>
    /// <param name="progress">Told of every stage.</param>
    /// <param name="clock">Names a folder of its own.</param>
    /// <param name="cancellation">Looked at before each epoch.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="UsageException">There is no such fold, or the strategy has no network.</exception>
    public static string Write(Strategy strategy, int? fold, string? folder, string reports, int threads, IRunProgress progress, TimeProvider clock, CancellationToken cancellation)
    {
        var json = DiagnosisJson.Write(Diagnosis.Of(Preparation.Of(strategy, threads), fold, progress, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }));
        folder ??= Path.Combine(reports, strategy.Name, string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().UtcDateTime:yyyyMMdd-HHmmss}-{strategy.Hash()[..8]}-diagnosis"));
        Directory.CreateDirectory(folder);
        PublishedFile.WriteText(Path.Combine(folder, FileName), json);
        PublishedFile.WriteText(Path.Combine(folder, PageName), Compose(json));
        return folder;
    }

    internal static string Compose(string json)
    {
        using var document = JsonDocument.Parse(json);
        var diagnosis = document.RootElement;
        var html = new HtmlWriter();
        Page.Begin(html, $"{diagnosis.TextAt("strategy")}: diagnosis");
        html.Open("header", ("class", "title"));
        html.Open("div", ("class", "kicker")).Element("span", "QuantGrad training diagnosis");
        html.Open("button", ("id", "theme"), ("type", "button"), ("hidden", "")).Text("Theme").Close().Close();
        html.Open("h1").Open("bdi").Text(diagnosis.TextAt("strategy") ?? "").Close().Close();
        html.Element("p", $"fold {diagnosis.TextAt("fold")} · train rows {diagnosis.TextAt("train_start")} to {diagnosis.TextAt("train_end")} · {diagnosis.TextAt("bars")} bars of "
            + $"{diagnosis.TextAt("symbols")} symbols · {diagnosis.TextAt("weights")} weights · learning rate {diagnosis.TextAt("learning_rate")}", "subject");
        html.Element("p", Verdict(diagnosis), "verdict");
        html.Close();
        Page.Navigation(html, [("diagnostics", "Training diagnostics")]);
        DiagnosticsSection.Write(html, diagnosis);
        Page.End(html);
        return html.ToString();
    }

    private static string Verdict(JsonElement diagnosis)
    {
        var flow = diagnosis.TextAt("gradient_flow", "verdict") switch
        {
            "vanishing" => "The gradient vanishes on its way to the first layers",
            "exploding" => "The gradient explodes on its way to the first layers",
            "stuck" => "The descent is stuck where the gradient says nothing",
            _ => "The gradient reaches every layer",
        };
        var kind = diagnosis.ItemsAt("descent", "points").LastOrDefault() is { ValueKind: JsonValueKind.Object } last ? $"; the descent ends {(last.TextAt("kind") == "plateau" ? "on" : "in")} a {last.TextAt("kind")}" : "";
        return $"{flow}; the objective rises fastest at a learning rate of {Print.Significant(diagnosis.NumberAt("learning_rate_range", "suggested"), 2)} "
            + $"(the file has {Print.Significant(diagnosis.NumberAt("learning_rate"), 2)}){kind}.";
    }
}
