using System.Text;

namespace QuantGrad.Metrics;

/// <summary>The page of conventions, made from the definitions so that it cannot say anything else than the code.</summary>
public static class ConventionsPage
{
    /// <summary>The page as Markdown.</summary>
    public static string ToMarkdown()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # The figures and their conventions

            Made from the definitions in this folder (`MetricCatalog`); a test keeps it current. Every figure is computed once here and used by the loss,
            the validation score, the report and `quantgrad check` alike.

            A is the number of bars a year, T the number of returns, rf the annual risk-free rate (0 unless set), SR the Sharpe ratio of one bar, g3 the
            skew, g4 the raw kurtosis (a normal sample has 3), γ_k the autocovariance and ρ_k the autocorrelation at lag k. Returns are simple, net of
            cost, as fractions. A figure without meaning is NaN with a reason (null in `metrics.json`, the reason under `reasons`), never 0; a return that
            is not finite makes every figure of the returns undefined. A return of −100% or less is ruin: the account ends there, and only the total return, the
            drawdown, the best and the worst bar and the counts keep a meaning.

            | key | figure | unit | as computed | source | undefined when |
            |---|---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var figure in MetricCatalog.All)
            page.Append("| `").Append(figure.Name).Append("` | ").AppendJoin(" | ", new[] { figure.Label, figure.Unit, figure.Convention, figure.Source, figure.UndefinedWhen }.Select(Escape)).Append(" |\n");
        return page.ToString();
    }

    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);
}
