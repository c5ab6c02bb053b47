namespace QuantGrad.Autodiff.Onnx;

/// <summary>What a model file says about itself.</summary>
/// <param name="GraphName">The graph's name.</param>
/// <param name="ProducerVersion">The program's version.</param>
public sealed record OnnxModelInfo(string GraphName, string ProducerVersion)
{
    /// <summary>The program's name; <c>QuantGrad</c> by default.</summary>
    public string ProducerName { get; init; } = "QuantGrad";

    /// <summary>The reverse domain name of the model's makers; <c>org.quantgrad</c> by default.</summary>
    public string Domain { get; init; } = "org.quantgrad";

    /// <summary>The version of the model; 1 by default.</summary>
    public long ModelVersion { get; init; } = 1;

    /// <summary>A few words for people; empty by default.</summary>
    public string Documentation { get; init; } = "";

    /// <summary>Keys and values, written in this order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];
}
