using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>The head of the page: whose run this is, on what, when, the verdict in one sentence, and the figures that one looks for first.</summary>
internal static class TitleSection
{
    /// <summary>Writes the block.</summary>
    public static void Write(HtmlWriter html, RecordedRun run)
    {
        html.Open("header", ("class", "title"));
        html.Open("div", ("class", "kicker")).Element("span", "QuantGrad walk-forward report");
        html.Open("button", ("id", "theme"), ("type", "button"), ("hidden", "")).Text("Theme").Close().Close();
        html.Open("h1").Open("bdi").Text(run.Name).Close().Close();
        html.Element("p", Subject(run), "subject");
        html.Element("p", Verdict.Of(run), "verdict");
        html.Open("dl", ("class", "strip"));
        foreach (var (label, value, note) in KeyFigures(run))
            html.Open("div").Element("dt", label).Element("dd", value).Element("dd", note, "note").Close();
        html.Close().Close();
    }

    private static string Subject(RecordedRun run)
    {
        var symbols = run.Positions.Symbols.Select(pair => pair.Symbol).ToArray();
        var universe = symbols.Length switch
        {
            0 => "no symbol",
            <= 6 => string.Join(", ", symbols),
            _ => $"{symbols.Length} symbols ({string.Join(", ", symbols[..3])} … {symbols[^1]})",
        };
        var period = run.Equity.Rows == 0 ? "no out-of-sample bar" : $"{Print.Date(run.Equity.Dates[0])} to {Print.Date(run.Equity.Dates[^1])}";
        return $"{universe} · out of sample {period} · {Print.Plural(run.Equity.Rows, "bar")} in {Print.Plural(run.Folds.Length, "fold")} · every figure after costs unless it says gross";
    }

    private static IEnumerable<(string Label, string Value, string Note)> KeyFigures(RecordedRun run)
    {
        string Value(string name, Func<double, string> print) => run.Figure(name) is { IsDefined: true } figure ? print(figure.Value) : Print.Undefined;
        string Against(string name, Func<double, string> print, string otherwise) =>
            run.Figure("benchmark", name) is { IsDefined: true } figure ? $"benchmark {print(figure.Value)}" : run.Figure(name).Reason ?? otherwise;
        string Percent(double x) => Print.Percent(x);
        string Ratio(double x) => Print.Number(x);

        yield return ("Net Sharpe", Value("sharpe", Ratio), Against("sharpe", Ratio, "a year"));
        yield return ("Return a year", Value("cagr", Percent), Against("cagr", Percent, "compound"));
        yield return ("Volatility", Value("volatility", Percent), Against("volatility", Percent, "a year"));
        yield return ("Worst drawdown", Value("max_drawdown", Percent), Against("max_drawdown", Percent, "from the peak"));
        yield return ("Turnover a year", Value("turnover_per_year", x => Print.Number(x, 1) + "×"), "of the equity");
        yield return ("Cost a year", Value("cost_per_year", x => Print.Percent(x, 2)), "of the equity");
        var loses = run.Figure("break_even_cost_bps") is { IsDefined: true, Value: <= 0 };
        yield return ("Break-even cost", loses ? "none" : Value("break_even_cost_bps", x => Print.BasisPoints(x)), loses ? "loses before any cost" : "of what is traded");
        yield return ("Deflated probability", Value("dsr", x => x > 0.995 ? "> 0.99" : Print.Number(x)), run.Figure("trials") is { IsDefined: true } trials ? $"after {Print.Plural((int)trials.Value, "trial")}" : "trials unknown");
    }
}
