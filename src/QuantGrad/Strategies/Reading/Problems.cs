namespace QuantGrad.Strategies.Reading;

/// <summary>The faults found in one reading. Unknown keys speak alone: a mistyped key is also a missing one.</summary>
internal sealed class Problems
{
    private readonly List<string> unknownKeys = [];
    private readonly List<string> others = [];

    /// <summary>Whether nothing was noted.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>How many were noted.</summary>
    public int Count => unknownKeys.Count + others.Count;

    /// <summary>Notes an unknown key.</summary>
    public void AddUnknownKey(string message) => unknownKeys.Add(message);

    /// <summary>Notes any other fault.</summary>
    public void Add(string message) => others.Add(message);

    /// <summary>Throws what was noted, a line each.</summary>
    public void ThrowIfAny()
    {
        var speak = unknownKeys.Count > 0 ? unknownKeys : others;
        if (speak.Count > 0) throw new UsageException(string.Join('\n', speak));
    }
}
