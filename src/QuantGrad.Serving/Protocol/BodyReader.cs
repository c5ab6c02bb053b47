using System.Buffers;
using System.IO.Pipelines;

namespace QuantGrad.Serving.Protocol;

/// <summary>Reads a body whole into a buffer, within a size and a time.</summary>
/// <param name="settings">The limits.</param>
internal sealed class BodyReader(ServerSettings settings)
{
    private readonly TimeSpan timeout = TimeSpan.FromSeconds(settings.BodyTimeoutSeconds);

    /// <summary>Reads a body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="buffer">Where it goes; a larger one is made where it is too small.</param>
    /// <returns>The buffer and how much of it was filled.</returns>
    /// <exception cref="RequestException">It is too large, too slow, or compressed.</exception>
    public ValueTask<(byte[] Buffer, int Length)> Read(HttpContext context, byte[] buffer)
    {
        if (context.Request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
            throw new RequestException(StatusCodes.Status415UnsupportedMediaType, "compressed bodies are not taken");
        if (context.Request.ContentLength > settings.MaxBodyBytes) throw TooLarge();
        var reader = context.Request.BodyReader;
        return reader.TryRead(out var result) ? Went(reader, result, buffer) ?? ReadOn(context, buffer) : ReadOn(context, buffer);
    }

    /// <summary>Takes the body where it is complete; else leaves it and gives null.</summary>
    private ValueTask<(byte[] Buffer, int Length)>? Went(PipeReader reader, ReadResult result, byte[] buffer)
    {
        if (result.Buffer.Length > settings.MaxBodyBytes) throw TooLarge();
        if (!result.IsCompleted)
        {
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            return null;
        }

        var length = (int)result.Buffer.Length;
        if (buffer.Length < length) buffer = new byte[Math.Max(length, 2 * buffer.Length)];
        result.Buffer.CopyTo(buffer);
        reader.AdvanceTo(result.Buffer.End);
        return new((buffer, length));
    }

    private async ValueTask<(byte[] Buffer, int Length)> ReadOn(HttpContext context, byte[] buffer)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(timeout);
        try
        {
            while (true)
            {
                var result = await context.Request.BodyReader.ReadAsync(limit.Token).ConfigureAwait(false);
                if (Went(context.Request.BodyReader, result, buffer) is { } whole) return await whole.ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new RequestException(StatusCodes.Status408RequestTimeout, FormattableString.Invariant($"the body took longer than {timeout.TotalSeconds} seconds"));
        }
        catch (BadHttpRequestException refused)
        {
            throw refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge() : new RequestException(refused.StatusCode, ErrorAnswer.Words(refused.StatusCode));
        }
    }

    private RequestException TooLarge() => new(StatusCodes.Status413PayloadTooLarge, FormattableString.Invariant($"the body is larger than {settings.MaxBodyMb} MiB"));
}
