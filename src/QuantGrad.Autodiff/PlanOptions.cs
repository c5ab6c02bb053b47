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
}
