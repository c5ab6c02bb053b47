namespace QuantGrad.Auditing;

/// <summary>One thing that depends on a later bar, or does not do what it declares.</summary>
/// <param name="Code">Stable: <c>feature</c>, <c>size</c>, <c>folds</c>, <c>scaling</c>, <c>training</c>, <c>validation_choice</c>, <c>weights</c>, <c>position</c>,
/// <c>books</c>, <c>history</c>, <c>gradient</c>, <c>decision_order</c>.</param>
/// <param name="What">The feature, fold or series by name.</param>
/// <param name="Symbol">The symbol; null where it concerns all.</param>
/// <param name="Date">The first date that is wrong; null where there is none.</param>
/// <param name="Size">How far off: the largest absolute difference found (infinite where a value appears or vanishes).</param>
/// <param name="Alteration">What had been done to the bars after which date.</param>
/// <param name="Cause">The likely cause, in a sentence.</param>
public sealed record AuditFinding(string Code, string What, string? Symbol, DateTime? Date, double Size, string Alteration, string Cause);

/// <summary>What an audit did and found.</summary>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="Cuts">Dates after which the future was changed.</param>
/// <param name="Alterations">Ways in which it was changed.</param>
/// <param name="Trainings">Units that were trained to compare.</param>
/// <param name="History">Bars of history that each feature was measured to need.</param>
/// <param name="Findings">What was found; empty for a clean strategy.</param>
public sealed record AuditReport(
    string Strategy, IReadOnlyList<DateTime> Cuts, IReadOnlyList<string> Alterations, int Trainings,
    IReadOnlyList<KeyValuePair<string, int>> History, IReadOnlyList<AuditFinding> Findings)
{
    /// <summary>Whether nothing was found.</summary>
    public bool Passed => Findings.Count == 0;
}
