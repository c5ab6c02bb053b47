using System.Text.Json;

namespace QuantGrad.Metrics;

/// <summary>All figures of one series, in a fixed order.</summary>
public sealed class MetricSet
{
    private MetricSet(IReadOnlyList<MetricFigure> figures) => Figures = figures;

    /// <summary>The figures in the order of <see cref="MetricCatalog.All"/>.</summary>
    public IReadOnlyList<MetricFigure> Figures { get; }

    /// <summary>The figure of a name.</summary>
    /// <param name="name">snake_case, such as <c>sharpe</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no figure of this name.</exception>
    public MetricFigure this[string name] =>
        Figures.FirstOrDefault(figure => string.Equals(figure.Name, name, StringComparison.Ordinal))
        ?? throw new KeyNotFoundException($"there is no figure {name}");

    /// <summary>
    /// Computes every figure. A return that is not finite makes every figure of the returns undefined, and says so; one of −100% or less leaves only those with a
    /// meaning where the account has ended (<see cref="MetricDefinition.OutlivesRuin"/>).
    /// </summary>
    /// <param name="series">The returns.</param>
    /// <param name="options">Periods a year, trials, seed and so on.</param>
    public static MetricSet Compute(ReturnSeries series, MetricOptions options)
    {
        var input = new MetricInput(series, options);
        var isFinite = Array.TrueForAll(series.Net, double.IsFinite);
        var isRuined = Array.Exists(series.Net, net => net <= -1);
        string? WhyUndefined(MetricDefinition definition) =>
            string.Equals(definition.UndefinedWhen, "never", StringComparison.Ordinal) ? null
            : !isFinite ? MetricValue.NotFinite
            : isRuined && !definition.OutlivesRuin ? MetricValue.Ruined
            : null;
        return new MetricSet([.. MetricCatalog.All.Select(definition => WhyUndefined(definition) is { } reason
            ? Undefined(definition, reason)
            : new MetricFigure(definition, definition.Compute(input), definition.Upper?.Invoke(input)))]);
    }

    /// <summary>All figures undefined, for what has no returns to compute them from.</summary>
    /// <param name="reason">Why.</param>
    public static MetricSet Undefined(string reason) => new([.. MetricCatalog.All.Select(definition => Undefined(definition, reason))]);

    private static MetricFigure Undefined(MetricDefinition definition, string reason) =>
        new(definition, MetricValue.Undefined(reason), definition.Upper is null ? null : MetricValue.Undefined(reason));

    /// <summary>
    /// Writes one JSON object: every figure under its name (an interval as <c>[lower, upper]</c>), an undefined one as null, and under
    /// <c>reasons</c> why it is undefined. Numbers are the shortest that read back to the same bits.
    /// </summary>
    /// <param name="writer">Stands where a value may begin.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var figure in Figures)
        {
            writer.WritePropertyName(figure.Name);
            if (figure.Reason is not null) writer.WriteNullValue();
            else if (figure.Upper is not { } upper) writer.WriteNumberValue(figure.Value.Value);
            else
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(figure.Value.Value);
                writer.WriteNumberValue(upper.Value);
                writer.WriteEndArray();
            }
        }

        writer.WriteStartObject("reasons");
        foreach (var figure in Figures)
            if (figure.Reason is { } reason) writer.WriteString(figure.Name, reason);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes one JSON object with the convention of every figure: <c>{"sharpe": {"label", "unit", "convention", "source", "undefined_when"}, …}</c>.</summary>
    /// <param name="writer">Stands where a value may begin.</param>
    public static void WriteConventions(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var definition in MetricCatalog.All)
        {
            writer.WriteStartObject(definition.Name);
            writer.WriteString("label", definition.Label);
            writer.WriteString("unit", definition.Unit);
            writer.WriteString("convention", definition.Convention);
            writer.WriteString("source", definition.Source);
            writer.WriteString("undefined_when", definition.UndefinedWhen);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
