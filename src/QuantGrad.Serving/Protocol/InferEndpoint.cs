using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using QuantGrad.Inference;
using QuantGrad.Serving.Operations;
using QuantGrad.Serving.Repository;

namespace QuantGrad.Serving.Protocol;

/// <summary><c>POST /v2/models/{model}[/versions/{version}]/infer</c>.</summary>
/// <param name="settings">The limits.</param>
/// <param name="bodies">Reads bodies.</param>
/// <param name="repository">The models.</param>
/// <param name="gate">Admits as many calls as may work at the same time.</param>
internal sealed class InferEndpoint(ServerSettings settings, BodyReader bodies, ModelRepository repository, AdmissionGate gate)
{
    private const string HeaderLength = "Inference-Header-Content-Length";
    private const int KeptCalls = 256;

    private readonly InferRequest requests = new(settings);
    private readonly TensorRequest tensors = new(settings);
    private readonly Stack<InferCall> idle = new();
    private readonly Lock pool = new();

    /// <summary>Answers a request.</summary>
    public async Task Answer(HttpContext context)
    {
        var arrived = Stopwatch.GetTimestamp();
        var (name, wantedVersion) = ((string)context.Request.RouteValues["model"]!, (string?)context.Request.RouteValues["version"]);
        var version = repository.Lease(name, wantedVersion) ?? throw RequestException.Unserved(repository.Served, name, wantedVersion);
        version.Statistics.Begin();
        try
        {
            using var admitted = gate.Enter();
            await Admitted(context, version, arrived).ConfigureAwait(false);
        }
        catch (RequestException refused)
        {
            version.Statistics.Fail(refused.Status);
            throw;
        }
        finally
        {
            version.Statistics.End();
            version.Release();
        }
    }

    private async Task Admitted(HttpContext context, ModelVersion version, long arrived)
    {
        var call = Rent();
        try
        {
            (call.Body, call.BodyLength) = await bodies.Read(context, call.Body).ConfigureAwait(false);
            call.Marks.Arrived = arrived;
            call.Marks.Begun = Stopwatch.GetTimestamp();
            Work(context, version, call);
            Send(context, call);
            version.Statistics.Count(call.Rows, call.Marks);
        }
        finally
        {
            if (call.IsSmall) Return(call);
        }
    }

    /// <summary>Reads, infers, writes: all in memory, without waiting.</summary>
    private void Work(HttpContext context, ModelVersion version, InferCall call)
    {
        call.Open(version);
        try
        {
            Read(context, call);
            SymbolInput.Check(call);
            call.Marks.Read = Stopwatch.GetTimestamp();
            call.Binding.Run();
            call.Marks.Inferred = Stopwatch.GetTimestamp();
            InferAnswer.Write(call);
            if (version.Bundle is not null) version.Statistics.Drift?.Add(call.Binding.Input<float>(), call.Binding.Output<float>());
            call.Marks.Written = Stopwatch.GetTimestamp();
        }
        catch (OnnxRuntimeException failure)
        {
            throw failure.Code == OnnxErrorCode.InvalidArgument
                ? RequestException.Invalid($"the model refuses the input: {RequestException.Shown(failure.Message)}")
                : new RequestException(StatusCodes.Status500InternalServerError, "the model has failed on this input");
        }
        finally
        {
            call.Close();
        }
    }

    private void Read(HttpContext context, InferCall call)
    {
        var header = context.Request.Headers[HeaderLength];
        call.JsonLength = call.BodyLength;
        if (header.Count > 0)
        {
            if (header.Count > 1 || !int.TryParse(header[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > call.BodyLength)
                throw RequestException.Invalid($"{HeaderLength} must be one number of bytes within the body of {call.BodyLength}");
            call.JsonLength = length;
            if (length == 0)
            {
                ReadRaw(call);
                return;
            }
        }

        requests.Read(call);
    }

    /// <summary>The body is the one tensor: its first variable dimension is told from the number of bytes.</summary>
    private void ReadRaw(InferCall call)
    {
        if (call.Version.Session.Inputs is not [var input]) throw RequestException.Invalid("a body without JSON fits a model of one input only");
        var shape = (long[])input.Dimensions.Clone();
        var open = Array.FindIndex(shape, size => size < 0);
        if (open >= 0) shape[open] = 1;
        if (shape.Any(size => size < 0)) throw RequestException.Invalid($"a body without JSON cannot say the shape of {input}");
        var rowBytes = shape.Aggregate((long)input.ElementBytes, (product, size) => product * size);
        if (open >= 0) shape[open] = call.BodyLength / rowBytes;
        var at = 0;
        tensors.Bytes(call, 0, shape, call.BodyLength, ref at);
        for (var index = 0; index < call.Version.OutputNames.Length; index++) call.Wanted.Add(~index);
    }

    /// <summary>Puts the answer into the response's own buffer; the server sends it when the request ends.</summary>
    private static void Send(HttpContext context, InferCall call)
    {
        var response = context.Response;
        var answer = call.Answer.WrittenSpan;
        response.ContentLength = answer.Length;
        if (call.AnswerJsonLength > 0)
        {
            response.ContentType = "application/octet-stream";
            response.Headers[HeaderLength] = call.AnswerJsonLength.ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            response.ContentType = "application/json";
        }

        response.BodyWriter.Write(answer);
    }

    private InferCall Rent()
    {
        lock (pool)
            if (idle.TryPop(out var call)) return call;
        return new InferCall();
    }

    private void Return(InferCall call)
    {
        lock (pool)
            if (idle.Count < KeptCalls) idle.Push(call);
    }
}
