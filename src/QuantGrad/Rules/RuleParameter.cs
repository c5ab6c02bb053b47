namespace QuantGrad.Rules;

/// <summary>How the box of a rule's parameter is measured.</summary>
public enum ParameterScale
{
    /// <summary>By ratio where min is above 0 and max at least eight times min, else evenly.</summary>
    Auto,

    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>By ratio; min must be above 0.</summary>
    Log,
}

/// <summary>A trained parameter of a rule.</summary>
/// <param name="Name">Its name, without the <c>$</c>.</param>
/// <param name="Init">Where the first descent starts; min ≤ init ≤ max.</param>
/// <param name="Min">The lower edge of the box.</param>
/// <param name="Max">The upper edge of the box; min itself holds the parameter fixed.</param>
/// <param name="Integer">Whether the hard rule takes it whole; what counts a window's bars is whole in any case.</param>
/// <param name="Scale">How the box is measured, by descent and by grids.</param>
/// <param name="Each">Whether every symbol has a value of its own; else all share one. A symbol that training has not seen has <c>init</c>.</param>
public sealed record RuleParameter(string Name, double Init, double Min, double Max, bool Integer = false, ParameterScale Scale = ParameterScale.Auto, bool Each = false)
{
    /// <summary>Whether the box is measured by ratio.</summary>
    internal bool IsLogarithmic => Scale == ParameterScale.Log || (Scale == ParameterScale.Auto && Min > 0 && Max >= 8 * Min);

    /// <summary>The most symbols that can have values of their own.</summary>
    internal const int MostSymbols = 256;

    /// <summary>Where a value lies in the box, 0 at min and 1 at max.</summary>
    internal double Share(double value) => IsLogarithmic ? Math.Log(value / Min) / Math.Log(Max / Min) : (value - Min) / (Max - Min);
}

/// <summary>A classical rule whose parameters are the weights.</summary>
/// <param name="Parameters">The parameters in the file's order.</param>
/// <param name="Position">The formula of the position in [−1, 1]; <c>$name</c> stands for a parameter.</param>
/// <param name="Harden">Whether what is traded, reported and exported is the hard rule; else the soft one at the last temperature.</param>
/// <param name="TemperatureStart">The temperature of the first epoch, above 0.</param>
/// <param name="TemperatureEnd">The temperature of the last epoch, above 0; it falls by the same ratio every epoch.</param>
/// <param name="Starts">Descents from different points of the box, the first from <c>init</c>; the best is kept.</param>
/// <param name="Surface">The two parameters that the report maps; the first two where null.</param>
/// <param name="Where">File and line the formula was read from; empty when made in code.</param>
public sealed record RuleSettings(
    IReadOnlyList<RuleParameter> Parameters,
    string Position,
    bool Harden = true,
    double TemperatureStart = 1,
    double TemperatureEnd = 0.01,
    int Starts = 8,
    IReadOnlyList<string>? Surface = null,
    [property: System.Text.Json.Serialization.JsonIgnore] string Where = "")
{
    /// <summary>The temperature of an epoch, from 0.</summary>
    internal double Temperature(int epoch, int epochs) => epochs <= 1 ? TemperatureEnd : TemperatureStart * Math.Pow(TemperatureEnd / TemperatureStart, epoch / (epochs - 1.0));

    /// <summary>The places of the two parameters that are mapped, across and up; fewer where the rule has fewer that are trained.</summary>
    internal int[] Shown() =>
    [
        .. Enumerable.Range(0, Parameters.Count).Where(i => Parameters[i].Min < Parameters[i].Max && (Surface is null || Surface.Contains(Parameters[i].Name))).Take(2),
    ];

    /// <summary>The temperature of what is traded.</summary>
    internal double FinalTemperature => Harden ? 0 : TemperatureEnd;
}
