namespace QuantGrad.MarketData;

/// <summary>What a run does about a defect in a price file.</summary>
public enum DefectPolicy
{
    /// <summary>The data is refused (exit code 3; <c>data check</c> ends with 4).</summary>
    Fail,

    /// <summary>The data is used as it stands, and the defect is told.</summary>
    Warn,

    /// <summary>The data is repaired in the way the sentence says.</summary>
    Fix,
}

/// <summary>One thing that is wrong, or suspicious, in a price file.</summary>
/// <param name="Code">A stable name in kebab-case, one of <see cref="DefectCodes"/>.</param>
/// <param name="Policy">What a run does about it.</param>
/// <param name="File">The path as it was given.</param>
/// <param name="Line">The 1-based line; 0 where the defect is of the whole file.</param>
/// <param name="Symbol">The symbol; empty where the defect is of the whole file.</param>
/// <param name="Date">The bar's time, where it is known.</param>
/// <param name="Message">One sentence: what was found, what is right, what is done.</param>
/// <param name="Count">How many bars it concerns.</param>
public sealed record Defect(
    string Code, DefectPolicy Policy, string File, int Line, string Symbol, DateTime? Date, string Message, int Count = 1)
{
    /// <summary>How many findings this stands for: 1, or as many as are not listed one by one.</summary>
    public int Findings { get; init; } = 1;

    /// <summary><c>file:line: sentence [code]</c>, as a compiler says it, so that editors can jump there.</summary>
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Message} [{Code}]" : $"{File}: {Message} [{Code}]";
}
