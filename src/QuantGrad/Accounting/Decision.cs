namespace QuantGrad.Accounting;

/// <summary>What can be done with a symbol at a step.</summary>
internal enum Decision : byte
{
    /// <summary>Nothing to decide on (no bar, or features not yet defined): what is held stays.</summary>
    None,

    /// <summary>The model's signal is traded.</summary>
    Trade,

    /// <summary>The symbol has had no bar for too long: it is closed at its last price.</summary>
    CloseOut,
}

/// <summary>What a decision comes to.</summary>
internal static class DecisionRule
{
    /// <summary>Whether the target is traded to: a close-out needs no market, it is booked at the last known price.</summary>
    public static bool IsTraded(this Decision decision, bool executable) => decision == Decision.CloseOut || (decision == Decision.Trade && executable);
}
