namespace QuantGrad.Autodiff;

/// <summary>How a plan is compiled, beyond its size.</summary>
public sealed record PlanOptions
{
    /// <summary>Rows that go through the network together; null chooses as many as stay in the cache. No result depends on it beyond rounding.</summary>
    public int? BlockRows { get; init; }

    /// <summary>
    /// Nodes whose gradient is wanted whole after <see cref="Plan{T}.Backward"/>: inputs (credit assignment, audit) or values between.
    /// Parameters' gradients are always there; other gradients are scratch.
    /// </summary>
    public IReadOnlyList<Node> KeepGradientsOf { get; init; } = [];

    /// <summary>
    /// Inputs and constants whose values stay from pass to pass. What depends on nothing else, and is neither random nor has a gradient, is computed in the first
    /// <see cref="Plan{T}.Forward"/> alone, and in the first after <see cref="Plan{T}.Refresh"/>, which whoever sets them anew must call.
    /// </summary>
    public IReadOnlyList<Node> Still { get; init; } = [];
}
