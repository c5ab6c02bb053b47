namespace QuantGrad.Indicators;

/// <summary>What is declared of an indicator: everything that a formula, the catalogue and the contract tests need.</summary>
public sealed class IndicatorDefinition
{
    /// <summary>Its name in formulas, snake_case.</summary>
    public required string Name { get; init; }

    /// <summary>Other names it answers to.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>Its name in the literature.</summary>
    public required string Title { get; init; }

    /// <summary>The definition in one line, seeding and divisor included.</summary>
    public required string Formula { get; init; }

    /// <summary>Who published it.</summary>
    public required string Source { get; init; }

    /// <summary>What it reads of a bar.</summary>
    public required Inputs Inputs { get; init; }

    /// <summary>Its parameters in positional order.</summary>
    public IndicatorParameter[] Parameters { get; init; } = [];

    /// <summary>Its output fields; the first is the value of a call without a field.</summary>
    public required string[] Fields { get; init; }

    /// <summary>Other names of fields, as (alias, field).</summary>
    public (string Alias, string Field)[] FieldAliases { get; init; } = [];

    /// <summary>A rule between parameters: null where it holds, else a sentence.</summary>
    public Func<double[], string?> Check { get; init; } = static _ => null;

    /// <summary>For given parameters, the bars before the first defined value: one number a field, or one for all.</summary>
    public required Func<double[], int[]> WarmUp { get; init; }

    /// <summary>Extreme results that the definition allows, as (low, high) of the first field; null where it is not bounded.</summary>
    public (double Low, double High)? Bounds { get; init; }

    /// <summary>Whether it reads a median price that any other series can stand in for.</summary>
    public bool TakesAnySeries { get; init; }

    /// <summary>Fields that may be undefined after the warm-up too (such as the band of the other side).</summary>
    public string[] Sparse { get; init; } = [];

    /// <summary>The bars before the first value of one field.</summary>
    public int WarmUpOf(int field, double[] parameters)
    {
        var all = WarmUp(parameters);
        return all.Length == 1 ? all[0] : all[field];
    }

    /// <summary>Whether it can be computed on any series: it reads nothing but the close.</summary>
    public bool IsChainable => TakesAnySeries || Inputs is Inputs.Close or (Inputs.Close | Inputs.Second);

    /// <summary>Whether it takes a second series.</summary>
    public bool TakesSecond => Inputs.HasFlag(Inputs.Second);

    /// <summary>Makes one from checked parameters; call <see cref="Create"/>.</summary>
    public required Func<double[], Indicator> Factory { get; init; }

    /// <summary>Makes a fresh indicator.</summary>
    /// <param name="parameters">One value a parameter, as checked by <see cref="Refusal"/>.</param>
    public Indicator Create(params double[] parameters)
    {
        if (Refusal(parameters) is { } refusal) throw new UsageException(refusal);
        var indicator = Factory(parameters);
        indicator.Inputs = Inputs;
        return indicator;
    }

    /// <summary>Why these parameters are refused, in a sentence; null where they are right.</summary>
    public string? Refusal(double[] parameters)
    {
        if (parameters.Length != Parameters.Length)
            return FormattableString.Invariant($"{Name} takes {Parameters.Length} parameters, {parameters.Length} were given");
        for (var i = 0; i < parameters.Length; i++)
            if (Parameters[i].Refusal(parameters[i]) is { } refusal) return $"{Name}: {refusal}";
        return Check(parameters) is { } broken ? $"{Name}: {broken}" : null;
    }
}
