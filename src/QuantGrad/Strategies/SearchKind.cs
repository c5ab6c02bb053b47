namespace QuantGrad.Strategies;

/// <summary>What descent on a rule's parameters is compared with: a search over its hard form, on the same windows and through the same accounting.</summary>
public enum SearchKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Every point of a lattice over the box: evenly spaced, or by ratio where the parameter is measured so; whole where the rule takes it whole.</summary>
    Grid,

    /// <summary>Points drawn over the box, evenly or by ratio, from the strategy's seed.</summary>
    Random,
}
