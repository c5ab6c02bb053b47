using QuantGrad.WalkForward;

namespace QuantGrad.Sweeping;

/// <summary>The objective over two parameters of a rule, the others held: what a heat map shows.</summary>
/// <param name="First">The parameter of the rows.</param>
/// <param name="Second">The parameter of the columns.</param>
/// <param name="FirstValues">Its values.</param>
/// <param name="SecondValues">Its values.</param>
/// <param name="Objective">The objective on the train rows of the hard rule with exact costs, <c>[rows][columns]</c>.</param>
internal sealed record RuleSurface(string First, string Second, double[] FirstValues, double[] SecondValues, double[][] Objective)
{
    /// <summary>The best cell, the first of equal ones.</summary>
    public (int Row, int Column) Best => Cells().Where(cell => double.IsFinite(At(cell))).Aggregate(
        (Row: 0, Column: 0), (best, cell) => At(cell) > At(best) || !double.IsFinite(At(best)) ? cell : best);

    /// <summary>Cells that no neighbour (of up to eight) exceeds and at least one falls below: more than one means that descent can end elsewhere than in the best.</summary>
    public IReadOnlyList<(int Row, int Column)> LocalMaxima => [.. Cells().Where(IsMaximum)];

    /// <summary>Whether the best lies at the edge of the map, so that a larger box may hold a better one.</summary>
    public bool BestLiesAtEdge => Best is var (row, column)
        && ((FirstValues.Length > 1 && (row == 0 || row == FirstValues.Length - 1)) || (SecondValues.Length > 1 && (column == 0 || column == SecondValues.Length - 1)));

    /// <summary>Maps a fold's train rows.</summary>
    /// <param name="market">The market of a strategy with a rule and no network.</param>
    /// <param name="fold">The fold.</param>
    /// <param name="first">The parameter of the rows, by its place in the file.</param>
    /// <param name="second">The parameter of the columns.</param>
    /// <param name="held">A value of every parameter; those of the two are not read.</param>
    /// <param name="most">Values an axis at most.</param>
    /// <param name="threads">Threads; nothing depends on it.</param>
    /// <param name="cancellation">Looked at between parameter sets.</param>
    public static RuleSurface Of(Preparation market, int fold, int first, int second, double[] held, int most, int threads, CancellationToken cancellation)
    {
        using var objective = new RuleObjective(market);
        var rule = objective.Rule;
        var hard = rule.Harden(held);
        var axes = Enumerable.Range(0, hard.Length).Select(i => i == first || i == second ? SearchPoints.Axis(rule, i, most) : [hard[i]]).ToArray();
        var values = objective.Evaluate(SearchPoints.Grid(axes), [objective.Train(market.Folds[fold])], threads, cancellation);
        var (rows, columns) = (axes[first], axes[second]);
        // The grid's last parameter runs fastest, whichever of the two it is.
        double Value(int row, int column) => first < second ? values[row * columns.Length + column][0] : values[column * rows.Length + row][0];
        return new RuleSurface(
            rule.Parameters[first].Name, rule.Parameters[second].Name, rows, columns,
            [.. rows.Select((_, row) => columns.Select((_, column) => Value(row, column)).ToArray())]);
    }

    private IEnumerable<(int Row, int Column)> Cells() =>
        Enumerable.Range(0, FirstValues.Length).SelectMany(row => Enumerable.Range(0, SecondValues.Length).Select(column => (row, column)));

    private double At((int Row, int Column) cell) => Objective[cell.Row][cell.Column];

    private bool IsMaximum((int Row, int Column) cell)
    {
        if (!double.IsFinite(At(cell))) return false;
        var neighbours = Cells().Where(other => other != cell && Math.Abs(other.Row - cell.Row) <= 1 && Math.Abs(other.Column - cell.Column) <= 1).Select(At).ToArray();
        return Array.TrueForAll(neighbours, value => !(value > At(cell))) && Array.Exists(neighbours, value => value < At(cell));
    }
}
