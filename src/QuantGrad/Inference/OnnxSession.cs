using System.Text;

namespace QuantGrad.Inference;

/// <summary>
/// A loaded model. Any number of threads may run it at the same time, each with its own <see cref="OnnxBinding"/>; the short forms
/// <see cref="Run(ReadOnlySpan{float}, int)"/> take theirs from a pool. Tensors of float, double and int64 are carried.
/// </summary>
public sealed class OnnxSession : IDisposable
{
    private readonly Stack<OnnxBinding> idle = new();
    private readonly Lock pool = new();
    private bool disposed;

    /// <summary>Loads a model file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <exception cref="OnnxRuntimeException">The file is no model, or the runtime refuses it.</exception>
    public OnnxSession(string path, OnnxSessionOptions? options = null)
        : this(File.Exists(path) ? File.ReadAllBytes(path) : throw new OnnxRuntimeException($"The model {path} does not exist.", OnnxErrorCode.NoSuchFile), options, path)
    {
    }

    /// <summary>Loads a model from memory: what was verified is what is loaded.</summary>
    /// <param name="model">The bytes of an ONNX file.</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <param name="name">How messages call it.</param>
    /// <exception cref="OnnxRuntimeException">The bytes are no model, or the runtime refuses it.</exception>
    public OnnxSession(ReadOnlySpan<byte> model, OnnxSessionOptions? options = null, string name = "the model")
    {
        Handle = Load(model, options ?? new OnnxSessionOptions(), name);
        try
        {
            Inputs = Describe(OnnxApi.Function.SessionGetInputCount, output: false, name);
            Outputs = Describe(OnnxApi.Function.SessionGetOutputCount, output: true, name);
            Metadata = OnnxMetadata.Read(Handle.Pointer);
        }
        catch
        {
            Handle.Dispose();
            throw;
        }

        InputNames = new NativeNames(Inputs);
        OutputNames = new NativeNames(Outputs);
    }

    /// <summary>The inputs, in the model's order.</summary>
    public IReadOnlyList<OnnxTensorInfo> Inputs { get; }

    /// <summary>The outputs, in the model's order.</summary>
    public IReadOnlyList<OnnxTensorInfo> Outputs { get; }

    /// <summary>What the model says of itself.</summary>
    public OnnxMetadata Metadata { get; }

    internal OnnxHandle Handle { get; }

    internal NativeNames InputNames { get; }

    internal NativeNames OutputNames { get; }

    /// <summary>Runs a model of one float input and reads its first output, a float: <c>features</c> in, <c>position</c> out.</summary>
    /// <param name="input">Row-major values; a variable dimension after the first is told from their number.</param>
    /// <param name="rows">The batch, the first dimension.</param>
    /// <returns>The output, row-major.</returns>
    /// <exception cref="OnnxRuntimeException">The runtime refuses the call.</exception>
    public float[] Run(ReadOnlySpan<float> input, int rows)
    {
        var binding = Rent();
        try
        {
            binding.Run(input, rows);
            return binding.Output<float>().ToArray();
        }
        finally
        {
            Return(binding);
        }
    }

    /// <summary>As <see cref="Run(ReadOnlySpan{float}, int)"/>, into a given span: no managed allocation.</summary>
    /// <returns>How many values were written.</returns>
    public int Run(ReadOnlySpan<float> input, int rows, Span<float> output)
    {
        var binding = Rent();
        try
        {
            binding.Run(input, rows);
            var values = binding.Output<float>();
            values.CopyTo(output);
            return values.Length;
        }
        finally
        {
            Return(binding);
        }
    }

    /// <summary>Takes a binding for the caller alone, from the pool where one is idle. To be handed to <see cref="Return"/>.</summary>
    public OnnxBinding Rent()
    {
        lock (pool)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (idle.TryPop(out var binding)) return binding;
        }

        return new OnnxBinding(this);
    }

    /// <summary>Runs the model on zeros, as it would be called. The first calls allocate and choose kernels, and some operators say only here that they have none.</summary>
    /// <param name="sequenceBars">The length of a sequence, where the model takes one.</param>
    /// <param name="calls">How often.</param>
    /// <exception cref="OnnxRuntimeException">The runtime refuses the call.</exception>
    public void WarmUp(int sequenceBars, int calls)
    {
        var binding = Rent();
        for (var index = 0; index < Inputs.Count; index++)
            binding.SetShape(index, [.. Inputs[index].Dimensions.Select((size, axis) => Math.Max(axis == 1 ? sequenceBars : 1, Math.Max(1, size)))]);
        for (var call = 0; call < calls; call++) binding.Run();
        Return(binding);
    }

    /// <summary>Gives a binding back. One with large buffers is freed, so that one large call does not hold its memory for ever.</summary>
    public void Return(OnnxBinding binding)
    {
        lock (pool)
        {
            if (!disposed && idle.Count < 64 && binding.BufferBytes <= 1 << 20)
            {
                idle.Push(binding);
                return;
            }
        }

        binding.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (pool)
        {
            disposed = true;
            while (idle.TryPop(out var binding)) binding.Dispose();
        }

        Handle.Dispose();
    }

    private static unsafe OnnxHandle Load(ReadOnlySpan<byte> model, OnnxSessionOptions options, string name)
    {
        var environment = OnnxEnvironment.Pointer;
        using var settings = options.Create();
        nint session;
        fixed (byte* bytes = model)
        {
            OnnxApi.Check(
                ((delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)OnnxApi.At(OnnxApi.Function.CreateSessionFromArray))(environment, bytes, (nuint)model.Length, settings.Pointer, &session),
                $"could not load {name}");
        }

        return new OnnxHandle(session, OnnxApi.Function.ReleaseSession);
    }

    private unsafe OnnxTensorInfo[] Describe(OnnxApi.Function counter, bool output, string name)
    {
        nuint count;
        OnnxApi.Check(((delegate* unmanaged<nint, nuint*, nint>)OnnxApi.At(counter))(Handle.Pointer, &count), "could not count inputs and outputs");
        var tensors = new OnnxTensorInfo[(int)count];
        for (var index = 0; index < tensors.Length; index++)
        {
            tensors[index] = OnnxTensorInfo.Read(Handle.Pointer, (nuint)index, output);
            if (tensors[index].ElementBytes == 0)
                throw new OnnxRuntimeException($"{name}: the {(output ? "output" : "input")} {tensors[index]} is not a tensor of float, double or int64.", OnnxErrorCode.NotImplemented);
        }

        return tensors;
    }

    /// <summary>Names as the C strings that a call passes, pinned for as long as the session lives.</summary>
    internal sealed unsafe class NativeNames
    {
        private readonly byte[][] texts;
        private readonly nint[] pointers;

        public NativeNames(IReadOnlyList<OnnxTensorInfo> tensors)
        {
            texts = new byte[tensors.Count][];
            pointers = GC.AllocateArray<nint>(Math.Max(1, tensors.Count), pinned: true);
            for (var index = 0; index < texts.Length; index++)
            {
                texts[index] = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(tensors[index].Name) + 1, pinned: true);
                Encoding.UTF8.GetBytes(tensors[index].Name, texts[index]);
                fixed (byte* text = texts[index]) pointers[index] = (nint)text;
            }
        }

        public nint First
        {
            get
            {
                fixed (nint* first = pointers) return (nint)first;
            }
        }
    }
}
