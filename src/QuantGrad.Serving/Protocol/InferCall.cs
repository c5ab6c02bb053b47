using System.Buffers;
using System.Text.Json;
using QuantGrad.Inference;
using QuantGrad.Serving.Operations;
using QuantGrad.Serving.Repository;

namespace QuantGrad.Serving.Protocol;

/// <summary>
/// One inference in work: the body, the model's leased version, the bound tensors, the answer. Calls are pooled with their buffers, so
/// that a request of usual size allocates next to nothing.
/// </summary>
internal sealed class InferCall
{
    private static readonly JsonWriterOptions Plain = new() { SkipValidation = true };

    /// <summary>The body as it came.</summary>
    public byte[] Body = new byte[4096];

    /// <summary>How much of <see cref="Body"/> is the request.</summary>
    public int BodyLength;

    /// <summary>How much of the body is JSON; the tensors' bytes follow it.</summary>
    public int JsonLength;

    /// <summary>Where the text of the JSON reader begins within the body: behind the numbers that were read past it.</summary>
    public int ReaderStart;

    /// <summary>Timestamps for the statistics.</summary>
    public RequestMarks Marks;

    public ArrayBufferWriter<byte> Answer { get; } = new(4096);

    public Utf8JsonWriter Json { get; }

    public ModelVersion Version { get; private set; } = null!;

    public OnnxBinding Binding { get; private set; } = null!;

    /// <summary>The client's id as raw JSON text, within <see cref="Body"/>; empty without one.</summary>
    public Range Id { get; set; }

    /// <summary>Rows of the batch: the first dimension of the first input.</summary>
    public int Rows { get; set; }

    /// <summary>Whether every output is wanted as bytes.</summary>
    public bool AllBinary { get; set; }

    /// <summary>Inputs that were filled.</summary>
    public bool[] Filled { get; private set; } = [];

    /// <summary>Outputs in the order that they are wanted; a negative one is wanted as bytes (its complement is the index).</summary>
    public List<int> Wanted { get; } = [];

    /// <summary>Length of the answer's JSON where bytes follow it; 0 for an answer of JSON alone.</summary>
    public int AnswerJsonLength { get; set; }

    public InferCall() => Json = new Utf8JsonWriter(Answer, Plain);

    public bool HasId => Id.End.Value > Id.Start.Value;

    /// <summary>The part of the body that is JSON.</summary>
    public ReadOnlySpan<byte> JsonBytes => Body.AsSpan(0, JsonLength);

    /// <summary>Takes the version's tensors.</summary>
    public void Open(ModelVersion version)
    {
        Version = version;
        Binding = version.Session.Rent();
        if (Filled.Length != version.InputNames.Length) Filled = new bool[version.InputNames.Length];
        Filled.AsSpan().Clear();
        Wanted.Clear();
        Id = default;
        Rows = 0;
        AllBinary = false;
        ReaderStart = 0;
        AnswerJsonLength = 0;
        Answer.ResetWrittenCount();
        Json.Reset();
    }

    /// <summary>Gives the tensors back.</summary>
    public void Close()
    {
        Version.Session.Return(Binding);
        Binding = null!;
        Version = null!;
    }

    /// <summary>Whether the buffers are worth keeping.</summary>
    public bool IsSmall => Body.Length <= 1 << 18 && Answer.Capacity <= 1 << 18;
}
