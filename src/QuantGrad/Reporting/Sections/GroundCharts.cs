using System.Text.Json;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>An objective over a plane, from above and as a surface: <c>{x_name, x[], y_name, y[], objective[y][x], path [[x, y]], points [{epoch, x, y, kind, …eigenvalue}]}</c>.</summary>
internal static class GroundCharts
{
    /// <summary>The landscape around a descent from above and as a surface.</summary>
    public static IEnumerable<Chart> Landscape(JsonElement ground)
    {
        yield return Contour(ground, "landscape", "Loss landscape", "the path of the weights is projected onto the plane, and short where the descent went another way");
        var (_, y, values) = Grid(ground);
        var (columns, rows) = (Path(ground).Select(point => point[0]).ToArray(), Path(ground).Select(point => y.Length - 1 - point[1]).ToArray());
        yield return new Chart("landscape-surface", "The landscape as a surface",
            "The last weights are in the middle; a step of 1 along a direction changes each unit by as much as its own weights are long.",
            new SurfaceChart([.. values.Reverse()], "number2") { Path = [.. columns.Zip(rows, (column, row) => new[] { column, row })] }, ByDistance(ground))
        { Height = 340 };
    }

    /// <summary>The plane of the descent, and what the Hessian says along the way.</summary>
    public static Chart Descent(JsonElement ground)
    {
        var chart = Contour(ground, "descent", "The way of the descent", "the plane holds the first and the last weights and where the way was furthest from the straight line");
        return chart with { Reading = $"{Points(ground)}{chart.Reading}", Table = Curvatures(ground) };
    }

    /// <summary>The plane from above.</summary>
    public static Chart Contour(JsonElement ground, string id, string title, string meaning)
    {
        var (x, y, values) = Grid(ground);
        var (xName, yName) = (ground.TextAt("x_name") ?? "first direction", ground.TextAt("y_name") ?? "second direction");
        var path = Path(ground);
        var all = values.SelectMany(row => row).Where(double.IsFinite).DefaultIfEmpty(double.NaN).ToArray();
        var table = new Table($"{title}: objective by {yName} (rows) and {xName}", ["<", .. x.Select(value => Print.Significant(value, 3))]);
        for (var row = 0; row < y.Length; row++) table.Row([Print.Significant(y[row], 3), .. values[row].Select(value => Print.Number(value))]);
        double[] Flipped(double[] point) => [point[0], y.Length - 1 - point[1]];
        return new Chart(id, title, $"The objective lies between {Print.Number(all.Min())} and {Print.Number(all.Max())} over {yName} (up) and {xName} (across), darker where it is better; {meaning}.",
            new HeatMap([.. y.Select(value => Print.Significant(value, 2)).Reverse()], [.. x.Select(value => Print.Significant(value, 2))], [.. values.Reverse()], "number2", "Objective")
            {
                Scale = "plain", Path = path.Length == 0 ? null : [.. path.Select(Flipped)], Contours = 10, ColumnName = xName, RowName = yName,
                Points = [.. ground.ItemsAt("points").Select(point => (At: Flipped([Cell(x, point.NumberAt("x")), Cell(y, point.NumberAt("y"))]), Name: Name(point)))
                    .Select(point => new Point(point.At[0], point.At[1], point.Name))],
            }, table)
        { Height = 340 };
    }

    private static Table ByDistance(JsonElement ground)
    {
        var (x, y, values) = Grid(ground);
        var table = new Table("Objective by distance from the last weights", "<Distance", "Lowest", "Mean", "Highest");
        var cells = values.SelectMany((row, r) => row.Select((value, c) => (Ring: (int)(4 * Math.Sqrt(x[c] * x[c] + y[r] * y[r])), Value: value))).Where(cell => double.IsFinite(cell.Value));
        foreach (var ring in cells.GroupBy(cell => cell.Ring).OrderBy(ring => ring.Key))
            table.Row($"{Print.Number(ring.Key / 4.0)} to {Print.Number((ring.Key + 1) / 4.0)}", Print.Number(ring.Min(cell => cell.Value)), Print.Number(ring.Average(cell => cell.Value)), Print.Number(ring.Max(cell => cell.Value)));
        return table;
    }

    private static Table Curvatures(JsonElement ground)
    {
        var table = new Table("Curvature along the descent", "<Epoch", "<What it is", "Smallest eigenvalue", "Largest eigenvalue", "Gradient norm");
        foreach (var point in ground.ItemsAt("points"))
            table.Row(point.TextAt("epoch") ?? "", point.TextAt("kind") ?? "", Print.Significant(point.NumberAt("smallest_eigenvalue"), 3), Print.Significant(point.NumberAt("largest_eigenvalue"), 3), Print.Significant(point.NumberAt("gradient_norm"), 3));
        return table;
    }

    private static string Points(JsonElement ground) => ground.ItemsAt("points").LastOrDefault() is { ValueKind: JsonValueKind.Object } last
        ? $"At the last weights the loss curves between {Print.Significant(last.NumberAt("smallest_eigenvalue"), 2)} and {Print.Significant(last.NumberAt("largest_eigenvalue"), 2)} (extreme eigenvalues of its Hessian): "
            + (last.TextAt("kind") switch { "minimum" => "a minimum to the eye. ", "saddle" => "a saddle, from which some direction still leads down. ", "plateau" => "a plateau, on which nothing is learnt. ", _ => "a summit. " })
        : "";

    private static string Name(JsonElement point) => $"{(point.NumberAt("epoch") == 0 ? "start" : $"epoch {point.TextAt("epoch")}")}: {point.TextAt("kind")}";

    private static (double[] X, double[] Y, double[][] Values) Grid(JsonElement ground) => (ground.NumbersAt("x"), ground.NumbersAt("y"),
        [.. ground.ItemsAt("objective").Select(row => row.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : double.NaN).ToArray())]);

    private static double[][] Path(JsonElement ground)
    {
        var (x, y, _) = Grid(ground);
        return [.. ground.ItemsAt("path").Select(point => point.EnumerateArray().Select(item => item.GetDouble()).ToArray()).Select(point => new[] { Cell(x, point[0]), Cell(y, point[1]) })];
    }

    // Where a value lies among the cells of an ascending grid, in cells.
    private static double Cell(double[] grid, double value)
    {
        var at = Math.Clamp(Array.FindIndex(grid, edge => edge >= value), 1, grid.Length - 1);
        return Math.Clamp(at - 1 + (value - grid[at - 1]) / (grid[at] - grid[at - 1]), 0, grid.Length - 1);
    }
}
