using System.Globalization;
using QuantGrad.Reporting.Markup;

namespace QuantGrad.Reporting.Charts;

/// <summary>A chart: its title, one sentence that reads it, the data that the page's script draws, and the table for who cannot see it.</summary>
/// <param name="Id">The anchor, kebab-case, unique on the page.</param>
/// <param name="Title">What is shown.</param>
/// <param name="Reading">What it says, in one sentence.</param>
/// <param name="Data">The data; its type tells how it is drawn.</param>
/// <param name="Table">The same in figures.</param>
internal sealed record Chart(string Id, string Title, string Reading, ChartData Data, Table Table)
{
    /// <summary>Height of the drawing, CSS pixels.</summary>
    public int Height { get; init; } = 260;

    /// <summary>Whether the chart takes the whole width of the page.</summary>
    public bool Wide { get; init; }

    /// <summary>Whether the table is open from the start.</summary>
    public bool ShowTable { get; init; }

    /// <summary>Writes the figure.</summary>
    /// <param name="html">The page.</param>
    public void Write(HtmlWriter html)
    {
        html.Open("figure", ("id", Id), ("class", Wide ? "chart wide" : "chart"));
        html.Open("figcaption").Element("h3", Title).Element("p", Reading, "reading").Close();
        html.Open("div", ("class", "drawing"), ("data-chart", Data.Kind), ("data-from", Id + "-data"), ("data-height", Height.ToString(CultureInfo.InvariantCulture)),
            ("tabindex", "0"), ("role", "img"), ("aria-label", $"{Title}. {Reading}")).Close();
        html.Open("script", ("type", "application/json"), ("id", Id + "-data")).Raw(ChartJson.Of(Data)).Close();
        if (!Table.IsEmpty)
        {
            html.Open("details", ("open", ShowTable ? "" : null)).Element("summary", "Table: " + Table.Caption);
            Table.Write(html);
            html.Close();
        }

        html.Close();
    }
}
