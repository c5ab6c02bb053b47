using QuantGrad.Metrics.Relative;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;

namespace QuantGrad.Reporting.Comparing;

/// <summary>Whether the differences are more than luck, and how alike the runs are.</summary>
internal static class ComparisonTests
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, Comparison comparison)
    {
        Page.Section(html, "differences", "Differences",
            "Ledoit and Wolf (2008): studentised stationary bootstrap of the difference of two Sharpe ratios, rows drawn in pairs; the last column allows for the number of pairs (Holm 1979).");
        var table = new Table("Differences of the net Sharpe ratios", "<Run", "<Against", "Difference", "95% interval", "p", "p, all pairs");
        for (var pair = 0; pair < comparison.Pairs.Length; pair++)
        {
            var (first, second) = comparison.Pairs[pair];
            var test = comparison.Tests[pair];
            table.Row(comparison.Names[first], comparison.Names[second], Print.Number(test.Difference.Value), test.Difference.IsDefined ? $"{Print.Number(test.Lower.Value)} … {Print.Number(test.Upper.Value)}" : $"{Print.Undefined} ({test.Difference.Reason})",
                Print.Probability(test.PValue.Value), Print.Probability(comparison.Adjusted[pair]));
        }

        table.Write(html);
        html.Open("div", ("class", "charts"));
        Differences(comparison, table).Write(html);
        Correlations(comparison).Write(html);
        html.Close().Close();
    }

    private static Chart Differences(Comparison comparison, Table table)
    {
        var series = new DrawnSeries("Difference", [.. comparison.Tests.Select(test => test.Difference.Value)])
        {
            Role = "strategy", Low = [.. comparison.Tests.Select(test => test.Lower.Value)], High = [.. comparison.Tests.Select(test => test.Upper.Value)],
        };
        var clear = comparison.Adjusted.Count(p => p < 0.05);
        return new Chart("sharpe-differences", "Difference of the net Sharpe ratios", $"{clear} of {comparison.Pairs.Length} differences are more than luck at the 5% level, allowing for the number of pairs.",
            new BarChart([.. comparison.Pairs.Select(pair => $"{comparison.Names[pair.First]} − {comparison.Names[pair.Second]}")], "number2", [series]) { Horizontal = true, Level = 0 }, table)
        {
            Height = 60 + 34 * comparison.Pairs.Length,
        };
    }

    private static Chart Correlations(Comparison comparison)
    {
        var values = comparison.Net.Select(first => comparison.Net.Select(second => MarketModel.Correlation(first, second).Value).ToArray()).ToArray();
        var table = new Table("Correlation of the net returns", ["<Run", .. comparison.Names]);
        for (var run = 0; run < values.Length; run++) table.Row([comparison.Names[run], .. values[run].Select(value => Print.Number(value))]);
        var most = comparison.Pairs.MaxBy(pair => values[pair.First][pair.Second]);
        return new Chart("correlations", "Correlation of the net returns", $"{comparison.Names[most.First]} and {comparison.Names[most.Second]} are the most alike, {Print.Number(values[most.First][most.Second])}.",
            new HeatMap(comparison.Names, comparison.Names, values, "number2", "Correlation") { Labels = true, Bound = 1 }, table)
        { Height = 60 + 34 * comparison.Names.Length };
    }
}
