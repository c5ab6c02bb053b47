namespace QuantGrad.Reporting.Markup;

/// <summary>A table of the page; the first column names the row, numbers stand right. It needs no script.</summary>
/// <param name="caption">What the table holds, read out before it.</param>
/// <param name="columns">The headings; one that begins with <c>&lt;</c> is a column of text, set left.</param>
internal sealed class Table(string caption, params string[] columns)
{
    private readonly List<string[]> rows = [];

    /// <summary>Whether there is no row.</summary>
    public bool IsEmpty => rows.Count == 0;

    /// <summary>What the table holds.</summary>
    public string Caption => caption;

    /// <summary>Adds a row; as many cells as there are columns.</summary>
    public Table Row(params string[] cells)
    {
        if (cells.Length != columns.Length) throw new ArgumentException($"'{caption}': {cells.Length} cells for {columns.Length} columns", nameof(cells));
        rows.Add(cells);
        return this;
    }

    /// <summary>Writes the table, inside a region that scrolls by itself where it is wider than the page.</summary>
    /// <param name="html">The page.</param>
    /// <param name="style">A class of the table.</param>
    public void Write(HtmlWriter html, string? style = null)
    {
        html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption)).Open("table", ("class", style));
        html.Element("caption", caption).Open("thead").Open("tr");
        foreach (var column in columns)
            html.Open("th", ("scope", "col"), ("class", IsText(column) ? "text" : null)).Text(column.TrimStart('<')).Close();
        html.Close().Close().Open("tbody");
        foreach (var row in rows)
        {
            html.Open("tr");
            for (var at = 0; at < row.Length; at++)
            {
                html.Open(at == 0 ? "th" : "td", ("scope", at == 0 ? "row" : null), ("class", IsText(columns[at]) ? "text" : null));
                if (IsText(columns[at])) html.Open("bdi").Text(row[at]).Close();
                else html.Text(row[at]);
                html.Close();
            }

            html.Close();
        }

        html.Close().Close().Close();
    }

    private static bool IsText(string column) => column.StartsWith('<');
}
