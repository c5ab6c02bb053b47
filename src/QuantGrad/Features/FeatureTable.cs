namespace QuantGrad.Features;

/// <summary>Feature values of all symbols on a panel's calendar.</summary>
/// <param name="names">The features, <c>[F]</c>.</param>
/// <param name="steps">T, the number of dates.</param>
/// <param name="assets">A, the number of symbols.</param>
public sealed class FeatureTable(string[] names, int steps, int assets)
{
    /// <summary>The features' names, <c>[F]</c>, in the order of the strategy file.</summary>
    public string[] Names { get; } = names;

    /// <summary>T.</summary>
    public int Steps => steps;

    /// <summary>A.</summary>
    public int Assets => assets;

    /// <summary>F.</summary>
    public int Features => Names.Length;

    /// <summary>All values, <c>[T, A, F]</c>, features innermost; NaN where undefined, never infinite.</summary>
    public double[] Values { get; } = new double[checked(steps * assets * names.Length)];

    /// <summary>The features of one symbol on one date, <c>[F]</c>.</summary>
    public Span<double> Row(int step, int asset) => Values.AsSpan((step * assets + asset) * Names.Length, Names.Length);

    /// <summary>Whether every feature of the symbol is defined on the date.</summary>
    public bool IsDefined(int step, int asset)
    {
        foreach (var value in Row(step, asset))
            if (double.IsNaN(value)) return false;
        return true;
    }
}
