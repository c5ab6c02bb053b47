namespace QuantGrad.Exporting;

/// <summary>Symbols that a model was trained on and that the prices for a decision do not hold. The others share the equity, or are ranked, without them.</summary>
internal static class MissingSymbols
{
    private const int MostNamed = 5;

    /// <summary>The sentence that says so, without its full stop; null where none is missing.</summary>
    /// <param name="trained">Those of the training.</param>
    /// <param name="present">Those of the prices.</param>
    public static string? Of(IReadOnlyList<string> trained, IReadOnlyList<string> present)
    {
        var missing = trained.Except(present, StringComparer.Ordinal).ToArray();
        if (missing.Length == 0) return null;
        var names = string.Join(", ", missing.Take(MostNamed)) + (missing.Length > MostNamed ? ", …" : "");
        return FormattableString.Invariant($"{missing.Length} of the {trained.Count} symbols that the model was trained on are not in the prices ({names}): the weights are those of a portfolio without them");
    }
}
