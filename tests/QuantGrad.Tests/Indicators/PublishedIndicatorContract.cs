namespace QuantGrad.Tests.Indicators;

/// <summary>An indicator whose outside values are Stock.Indicators' published results.</summary>
/// <param name="name">The indicator.</param>
/// <param name="file">The published result.</param>
/// <param name="onConstant">The first field on a constant series.</param>
/// <param name="parameters">The parameters of the published call.</param>
public abstract class PublishedIndicatorContract(string name, string file, double onConstant, params double[] parameters)
    : IndicatorContract(name, parameters, onConstant)
{
    /// <summary>1e-9 of the value, and 1e-12 of the largest of its column for values that are differences near zero.</summary>
    private const double Relative = 1e-9;
    private const double OfColumn = 1e-12;

    /// <summary>The rows, from the first, whose published value is a placeholder for an undefined one (a return at the first bar given as 0).</summary>
    protected virtual int Placeholders(string column) => 0;

    public override void Update_OutsideValues_AreMet() => Compare(ReferenceSeries.Excerpt(file));

    [Fact]
    public void Update_WholePublishedResult_IsMet()
    {
        var published = ReferenceSeries.Whole(file);
        Assert.SkipWhen(published is null, "the folder shared/reference/indicators is not beside the repository");
        Compare(published!);
    }

    private void Compare(Published published)
    {
        var bars = ReferenceSeries.BarsFor(Definition);
        var rows = Run(Definition.Create(Parameters), bars);
        var index = bars.Select((bar, t) => (bar.Time, t)).ToDictionary(x => x.Time, x => x.t);
        var faults = new List<string>();
        foreach (var (column, values) in published.Columns)
        {
            var field = FieldOf(column);
            Assert.True(field >= 0, $"the published column {column} has no field");
            var scale = OfColumn * values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            for (var i = 0; i < values.Length; i++)
            {
                var t = index[published.Dates[i]];
                var (expected, actual) = (values[i], rows[t][field]);
                if (t < Placeholders(column) && double.IsNaN(actual)) continue;
                if (double.IsNaN(expected) ? !double.IsNaN(actual) : !(Math.Abs(actual - expected) <= Relative * Math.Abs(expected) + scale))
                    faults.Add($"{column} at {t}: {actual:R}, published {expected:R}");
            }
        }
        Assert.True(faults.Count == 0, $"{faults.Count} differ: {string.Join("; ", faults.Take(6))}");
    }

    private int FieldOf(string column)
    {
        var alias = Array.Find(Definition.FieldAliases, a => a.Alias == column).Field ?? column;
        return Array.FindIndex(Definition.Fields, f => QuantGrad.Indicators.IndicatorCatalog.Normalize(f) == QuantGrad.Indicators.IndicatorCatalog.Normalize(alias));
    }
}
