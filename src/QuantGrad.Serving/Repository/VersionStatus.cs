namespace QuantGrad.Serving.Repository;

/// <summary>A version directory as the repository index lists it.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Number">The version.</param>
/// <param name="Serving">The loaded version; null where it is not served.</param>
/// <param name="Reason">Why it, or its newest content, is not served; empty where all is well.</param>
internal sealed record VersionStatus(string Model, long Number, ModelVersion? Serving, string Reason)
{
    /// <summary>As Triton says it: READY or UNAVAILABLE.</summary>
    public string State => Serving is null ? "UNAVAILABLE" : "READY";

    /// <summary>The number as requests and replies write it.</summary>
    public string Version { get; } = Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
