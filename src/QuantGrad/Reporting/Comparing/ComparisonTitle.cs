using QuantGrad.Metrics.Returns;
using QuantGrad.Reporting.Markup;

namespace QuantGrad.Reporting.Comparing;

/// <summary>The head of the page: which runs, on which dates, and the verdict.</summary>
internal static class ComparisonTitle
{
    /// <summary>Writes the block.</summary>
    public static void Write(HtmlWriter html, Comparison comparison)
    {
        html.Open("header", ("class", "title"));
        html.Open("div", ("class", "kicker")).Element("span", "QuantGrad comparison");
        html.Open("button", ("id", "theme"), ("type", "button"), ("hidden", "")).Text("Theme").Close().Close();
        html.Open("h1").Open("bdi").Text(string.Join(" · ", comparison.Names)).Close().Close();
        html.Element("p", $"{Print.Plural(comparison.Runs.Length, "run")} on the {Print.Plural(comparison.Dates.Length, "bar")} that they share out of sample, {Print.Date(comparison.Dates[0])} to {Print.Date(comparison.Dates[^1])}", "subject");
        html.Element("p", Verdict(comparison), "verdict").Close();
    }

    internal static string Verdict(Comparison comparison)
    {
        var sharpes = Array.ConvertAll(comparison.Net, net => SharpeRatio.Of(net, comparison.PeriodsPerYear).Value);
        var order = Enumerable.Range(0, sharpes.Length).Where(run => double.IsFinite(sharpes[run])).OrderByDescending(run => sharpes[run]).ToArray();
        if (order.Length < 2) return "No verdict: fewer than two runs have a Sharpe ratio on the dates that they share.";
        var (best, next) = (order[0], order[1]);
        var pair = Array.FindIndex(comparison.Pairs, pair => pair == (Math.Min(best, next), Math.Max(best, next)));
        var p = comparison.Adjusted[pair];
        var luck = double.IsNaN(p) ? $"whether that is luck is undefined ({comparison.Tests[pair].PValue.Reason})"
            : p < 0.05 ? $"that is more than luck (p {Print.Probability(p)})" : $"that may be luck (p {Print.Probability(p)})";
        return $"{comparison.Names[best]} has the highest net Sharpe ratio, {Print.Number(sharpes[best])}, before {comparison.Names[next]} with {Print.Number(sharpes[next])}; {luck}.";
    }
}
