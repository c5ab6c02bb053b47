using QuantGrad.Serving.Repository;

namespace QuantGrad.Serving.Protocol;

/// <summary>A request that is refused: its status and one sentence for the client, without paths and traces.</summary>
internal sealed class RequestException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>400: the request does not fit the protocol or the model.</summary>
    public static RequestException Invalid(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>Why a model is not served: 503 with the reason where its directory is there and was refused, 404 where there is none.</summary>
    public static RequestException Unserved(ServedModels served, string name, string? version) => served.Refused(name, version) is { } refused
        ? new(StatusCodes.Status503ServiceUnavailable, $"the model '{refused.Model}' version '{refused.Version}' was refused when it was loaded: {refused.Reason}")
        : new(StatusCodes.Status404NotFound, version is null ? $"unknown model '{Shown(name)}'" : $"unknown model '{Shown(name)}' version '{Shown(version)}'");

    /// <summary>A client's text as it may stand in an answer: short, without control characters.</summary>
    public static string Shown(string text) => string.Concat(text.Take(80).Select(letter => char.IsControl(letter) ? '?' : letter));
}
