using System.Text.Json.Serialization;

namespace QuantGrad.Reporting.Charts;

/// <summary>What the page's script draws; the kinds are the files of <c>Page/kinds</c>, where each member is explained.</summary>
/// <param name="Kind">The drawing.</param>
internal abstract record ChartData([property: JsonIgnore] string Kind);

/// <summary>One line or set of bars.</summary>
/// <param name="Name">As the key shows it.</param>
/// <param name="Values">NaN leaves a gap.</param>
internal sealed record DrawnSeries(string Name, double[] Values)
{
    /// <summary>A colour of the page: strategy, benchmark, gross, train, validation, test, a … f; null takes the next plain one.</summary>
    public string? Role { get; init; }

    /// <summary>Positions along x, where the chart has numbers there.</summary>
    public double[]? X { get; init; }

    /// <summary>Lower ends of intervals.</summary>
    public double[]? Low { get; init; }

    /// <summary>Upper ends of intervals.</summary>
    public double[]? High { get; init; }

    /// <summary>Filled down to zero.</summary>
    public bool Area { get; init; }

    /// <summary>Dashed.</summary>
    public bool Dash { get; init; }

    /// <summary>Drawn, but not named by the hover card: one of many of its kind.</summary>
    public bool Quiet { get; init; }

    /// <summary>Points along the line.</summary>
    public bool Symbols { get; init; }

    /// <summary>Opacity of the line.</summary>
    public double? Opacity { get; init; }
}

/// <summary>One panel over the calendar.</summary>
/// <param name="Name">What its axis measures.</param>
/// <param name="Format">A format of <c>Page/format.js</c>.</param>
/// <param name="Series">Its lines.</param>
internal sealed record Panel(string Name, string Format, DrawnSeries[] Series)
{
    /// <summary>"growth" for a logarithmic axis of multiples; null for a plain one.</summary>
    public string? Scale { get; init; }

    /// <summary>Share of the height.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Whether 0 is the top, as in a drawdown.</summary>
    public bool Zero { get; init; }

    /// <summary>Left out of the key.</summary>
    public bool Plain { get; init; }

    /// <summary>A level worth a line.</summary>
    public double? Level { get; init; }
}

/// <summary>Panels over one calendar that zoom and point together.</summary>
internal sealed record TimeChart(double[] Dates, Panel[] Panels) : ChartData("time")
{
    /// <summary>Days where something changes, such as the first day of a fold.</summary>
    public double[]? Cuts { get; init; }

    /// <summary>Whether a slider stands beneath.</summary>
    public bool Slider { get; init; }
}

/// <summary>An axis of numbers.</summary>
internal sealed record NumberAxis(string Name, string Format, string? Scale = null)
{
    /// <summary>From tick to tick; null for round numbers.</summary>
    public double? Interval { get; init; }
}

/// <summary>A labelled place on an axis.</summary>
internal sealed record Mark(double X, string Label, string? Align = null, int Row = 0, bool Solid = false);

/// <summary>Lines over a number.</summary>
internal sealed record LineChart(NumberAxis X, NumberAxis Y, DrawnSeries[] Series) : ChartData("lines")
{
    /// <summary>Labelled places.</summary>
    public Mark[]? Marks { get; init; }

    /// <summary>A level worth a line.</summary>
    public double? Level { get; init; }
}

/// <summary>Bars by name.</summary>
internal sealed record BarChart(string[] Categories, string Format, DrawnSeries[] Series) : ChartData("bars")
{
    /// <summary>Names at the left instead of beneath.</summary>
    public bool Horizontal { get; init; }

    /// <summary>Gains and losses in their own colours.</summary>
    public bool Signed { get; init; }

    /// <summary>A level worth a line.</summary>
    public double? Level { get; init; }
}

/// <summary>A matrix in colours.</summary>
internal sealed record HeatMap(string[] Rows, string[] Columns, double[][] Values, string Format, string Name) : ChartData("heat")
{
    /// <summary>"signed" about 0, or "plain".</summary>
    public string Scale { get; init; } = "signed";

    /// <summary>Whether the cells carry their figures.</summary>
    public bool Labels { get; init; }

    /// <summary>The format of the figures in the cells; null for that of the hover card.</summary>
    public string? LabelFormat { get; init; }

    /// <summary>The value of the deepest colour; a few extremes should not pale the rest.</summary>
    public double? Bound { get; init; }

    /// <summary>What the columns are.</summary>
    public string? ColumnName { get; init; }

    /// <summary>What the rows are.</summary>
    public string? RowName { get; init; }

    /// <summary>A path over the cells, [column, row].</summary>
    public double[][]? Path { get; init; }

    /// <summary>Lines of equal value between the cells; 0 for none.</summary>
    public int Contours { get; init; }

    /// <summary>Named places over the cells, [column, row].</summary>
    public Point[]? Points { get; init; }
}

/// <summary>A matrix as a surface seen from above one corner.</summary>
/// <param name="Values">Heights by row and column; NaN leaves a hole.</param>
/// <param name="Format">A format of <c>Page/format.js</c>, for the highest and the lowest point.</param>
internal sealed record SurfaceChart(double[][] Values, string Format) : ChartData("surface")
{
    /// <summary>A path over the surface, [column, row].</summary>
    public double[][]? Path { get; init; }
}

/// <summary>A stretch of a row of a timeline, days since 1970.</summary>
internal sealed record Span(int Row, string Kind, double From, double To);

/// <summary>Windows over the calendar.</summary>
internal sealed record TimelineChart(string[] Rows, Span[] Spans) : ChartData("timeline");

/// <summary>A distribution.</summary>
internal sealed record Histogram(double[] Edges, double[] Counts, string Format, string Unit) : ChartData("histogram")
{
    /// <summary>Labelled places.</summary>
    public Mark[]? Marks { get; init; }

    /// <summary>Bars below it are losses.</summary>
    public double? Tail { get; init; }

    /// <summary>A density to compare with, [x, count].</summary>
    public double[][]? Curve { get; init; }
}

/// <summary>A point of a scatter with its name.</summary>
internal sealed record Point(double X, double Y, string Label);

/// <summary>Points of one kind.</summary>
internal sealed record PointSet(string Name, Point[] Points, string? Role = null);

/// <summary>Points in a plane.</summary>
internal sealed record ScatterChart(NumberAxis X, NumberAxis Y, PointSet[] Series) : ChartData("scatter")
{
    /// <summary>Whether the line y = x is drawn.</summary>
    public bool Diagonal { get; init; }

    /// <summary>Whether the points carry their names.</summary>
    public bool Labels { get; init; }
}
