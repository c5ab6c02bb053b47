namespace QuantGrad.Autodiff;

/// <summary>What the rows of a node stand for; the count is known only when a <see cref="Plan{T}"/> is made.</summary>
public enum RowKind
{
    /// <summary>A fixed number of rows: weights, biases, scalars.</summary>
    Fixed,

    /// <summary>One row a step and asset, time-major: row = step · assets + asset. Features, signals, weights.</summary>
    PerRow,

    /// <summary>One row a step: the portfolio's returns.</summary>
    PerStep,

    /// <summary>One row an asset: a carried state, an embedding.</summary>
    PerAsset,
}

/// <summary>The size that a plan is made for: T steps of A assets.</summary>
/// <param name="Steps">T, the number of steps (bars), at least 1.</param>
/// <param name="Assets">A, the number of assets, at least 1.</param>
public readonly record struct PlanSize(int Steps, int Assets)
{
    /// <summary>T · A, the number of rows of a <see cref="RowKind.PerRow"/> node.</summary>
    public int Rows => Steps * Assets;
}

/// <summary>The shape of a node: rows of some kind, times a width. Storage is row-major.</summary>
/// <param name="Kind">What the rows stand for.</param>
/// <param name="FixedRows">The number of rows where <paramref name="Kind"/> is <see cref="RowKind.Fixed"/>, else 0.</param>
/// <param name="Width">Values a row, at least 1.</param>
public readonly record struct Shape(RowKind Kind, int FixedRows, int Width)
{
    /// <summary>One number.</summary>
    public static Shape Scalar => Fixed(1, 1);

    /// <summary>A matrix of known size.</summary>
    public static Shape Fixed(int rows, int width) => new(RowKind.Fixed, rows, width);

    /// <summary><c>[T·A, width]</c>, time-major.</summary>
    public static Shape PerRow(int width) => new(RowKind.PerRow, 0, width);

    /// <summary><c>[T, width]</c>.</summary>
    public static Shape PerStep(int width) => new(RowKind.PerStep, 0, width);

    /// <summary><c>[A, width]</c>.</summary>
    public static Shape PerAsset(int width) => new(RowKind.PerAsset, 0, width);

    /// <summary>The number of rows in a plan of the given size.</summary>
    public int Rows(PlanSize size) => Kind switch
    {
        RowKind.Fixed => FixedRows,
        RowKind.PerRow => size.Rows,
        RowKind.PerStep => size.Steps,
        _ => size.Assets,
    };

    /// <summary>The number of values in a plan of the given size.</summary>
    public int Count(PlanSize size) => checked(Rows(size) * Width);

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        RowKind.Fixed => $"[{FixedRows}, {Width}]",
        RowKind.PerRow => $"[T·A, {Width}]",
        RowKind.PerStep => $"[T, {Width}]",
        _ => $"[A, {Width}]",
    };
}
