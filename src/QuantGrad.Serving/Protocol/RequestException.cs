namespace QuantGrad.Serving.Protocol;

/// <summary>A request that is refused: its status and one sentence for the client, without paths and traces.</summary>
internal sealed class RequestException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>400: the request does not fit the protocol or the model.</summary>
    public static RequestException Invalid(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>404: no such model or version.</summary>
    public static RequestException Unknown(string name, string? version) =>
        new(StatusCodes.Status404NotFound, version is null ? $"unknown model '{Shown(name)}'" : $"unknown model '{Shown(name)}' version '{Shown(version)}'");

    /// <summary>A client's text as it may stand in an answer: short, without control characters.</summary>
    public static string Shown(string text) => string.Concat(text.Take(80).Select(letter => char.IsControl(letter) ? '?' : letter));
}
