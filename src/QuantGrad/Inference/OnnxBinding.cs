namespace QuantGrad.Inference;

/// <summary>
/// The inputs and outputs of a model bound to pinned buffers once: set the shape, fill the inputs, run, read the outputs. While the
/// shape stays, a call allocates nothing that the garbage collector sees. For one thread at a time.
/// </summary>
public sealed unsafe class OnnxBinding : IDisposable
{
    private readonly OnnxSession session;
    private readonly OnnxTensor[] inputs;
    private readonly OnnxTensor[] outputs;
    private readonly nint[] inputValues;
    private readonly nint[] outputValues;
    private bool bound;
    private bool disposed;

    /// <summary>Binds a model.</summary>
    /// <param name="session">The model.</param>
    /// <param name="rows">The batch, where only the first dimension is variable; 0 to set shapes later.</param>
    public OnnxBinding(OnnxSession session, int rows = 0)
    {
        this.session = session;
        inputs = session.Inputs.Select(info => new OnnxTensor(info)).ToArray();
        outputs = session.Outputs.Select(info => new OnnxTensor(info)).ToArray();
        inputValues = GC.AllocateArray<nint>(Math.Max(1, inputs.Length), pinned: true);
        outputValues = GC.AllocateArray<nint>(Math.Max(1, outputs.Length), pinned: true);
        if (rows > 0) SetRows(rows);
    }

    internal long BufferBytes
    {
        get
        {
            var bytes = 0L;
            foreach (var tensor in inputs) bytes += tensor.BufferBytes;
            foreach (var tensor in outputs) bytes += tensor.BufferBytes;
            return bytes;
        }
    }

    /// <summary>Sets the first dimension of every input; the others must be fixed or set before.</summary>
    public void SetRows(int rows)
    {
        Span<long> shape = stackalloc long[16];
        for (var index = 0; index < inputs.Length; index++)
        {
            var current = inputs[index].Shape;
            if (current.Length == 0) continue;
            current.CopyTo(shape);
            shape[0] = rows;
            SetShape(index, shape[..current.Length]);
        }
    }

    /// <summary>Sets the shape of an input, every dimension at least 1.</summary>
    /// <exception cref="OnnxRuntimeException">A dimension is below 1 or the tensor beyond 2 GB.</exception>
    public void SetShape(int input, ReadOnlySpan<long> shape)
    {
        if (inputs[input].SetShape(shape)) bound = false;
    }

    /// <summary>The values of an input, row-major, to be filled.</summary>
    /// <typeparam name="T">float, double or long, as the model says.</typeparam>
    public Span<T> Input<T>(int index = 0)
        where T : unmanaged => inputs[index].Values<T>();

    /// <summary>The values of an output, row-major, until the next run.</summary>
    /// <typeparam name="T">float, double or long, as the model says.</typeparam>
    public ReadOnlySpan<T> Output<T>(int index = 0)
        where T : unmanaged => outputs[index].Values<T>();

    /// <summary>The bytes of an input as they lie in memory (little-endian on every system that .NET runs on here).</summary>
    public Span<byte> InputBytes(int index) => inputs[index].Bytes;

    /// <summary>The bytes of an output, until the next run.</summary>
    public ReadOnlySpan<byte> OutputBytes(int index) => outputs[index].Bytes;

    /// <summary>The shape of an output, after a run.</summary>
    public ReadOnlySpan<long> OutputShape(int index = 0) => outputs[index].Shape;

    /// <summary>Copies the only input in and runs; a variable dimension after the first is told from the number of values.</summary>
    public void Run(ReadOnlySpan<float> input, int rows)
    {
        if (inputs.Length != 1) throw new OnnxRuntimeException($"The model has {inputs.Length} inputs: bind and fill each.", OnnxErrorCode.InvalidArgument);
        var declared = inputs[0].Info.Dimensions;
        Span<long> shape = stackalloc long[Math.Max(1, declared.Length)];
        long known = shape[0] = rows;
        var open = -1;
        for (var axis = 1; axis < declared.Length; axis++)
        {
            shape[axis] = declared[axis];
            if (declared[axis] >= 0) known *= declared[axis];
            else if (open < 0) open = axis;
            else throw new OnnxRuntimeException($"{inputs[0].Info} has several variable dimensions: set its shape.", OnnxErrorCode.InvalidArgument);
        }

        if (open >= 0) shape[open] = input.Length / Math.Max(1, known);
        var wanted = open >= 0 ? known * shape[open] : known;
        if (rows < 1 || wanted != input.Length || input.Length == 0)
            throw new OnnxRuntimeException($"{input.Length} values do not make {rows} rows of {inputs[0].Info}.", OnnxErrorCode.InvalidArgument);
        SetShape(0, shape);
        input.CopyTo(Input<float>());
        Run();
    }

    /// <summary>Runs the model over what the inputs hold.</summary>
    /// <exception cref="OnnxRuntimeException">The runtime refuses the call.</exception>
    public void Run()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!bound) Bind();
        var held = false;
        try
        {
            session.Handle.DangerousAddRef(ref held);
            nint status;
            fixed (nint* inputsAt = inputValues)
            fixed (nint* outputsAt = outputValues)
            {
                status = ((delegate* unmanaged<nint, nint, nint, nint*, nuint, nint, nuint, nint*, nint>)OnnxApi.At(OnnxApi.Function.Run))(
                    session.Handle.DangerousGetHandle(), 0, session.InputNames.First, inputsAt, (nuint)inputs.Length, session.OutputNames.First, (nuint)outputs.Length, outputsAt);
            }

            OnnxApi.Check(status, "refused the call");
        }
        finally
        {
            if (held) session.Handle.DangerousRelease();
        }

        for (var index = 0; index < outputs.Length; index++)
        {
            if (outputs[index].Value != 0) continue;
            var allocated = outputValues[index];
            outputValues[index] = 0;
            outputs[index].Take(allocated);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        disposed = true;
        foreach (var tensor in inputs) tensor.Release();
        foreach (var tensor in outputs) tensor.Release();
    }

    private void Bind()
    {
        for (var index = 0; index < inputs.Length; index++)
        {
            if (inputs[index].Elements < 0) inputs[index].SetShape(inputs[index].Info.Dimensions);
            inputs[index].Bind();
            inputValues[index] = inputs[index].Value;
        }

        foreach (var (index, tensor) in outputs.Index())
        {
            tensor.Release();
            if (Resolve(tensor.Info) is { } shape)
            {
                tensor.SetShape(shape);
                tensor.Bind();
            }

            outputValues[index] = tensor.Value;
        }

        bound = true;
    }

    /// <summary>The shape that an output will have: its dimensions are fixed or carry the name of an input's. Null where only the run knows.</summary>
    private long[]? Resolve(OnnxTensorInfo output)
    {
        if (output.Dimensions.Length == 0) return null; // a scalar, or a shape that the model does not declare
        var shape = (long[])output.Dimensions.Clone();
        for (var axis = 0; axis < shape.Length; axis++)
            if (shape[axis] < 0 && (output.Symbols[axis].Length == 0 || !TryFind(output.Symbols[axis], out shape[axis]))) return null;
        return shape;
    }

    private bool TryFind(string symbol, out long size)
    {
        foreach (var input in inputs)
        {
            var axis = Array.IndexOf(input.Info.Symbols, symbol);
            if (axis < 0 || axis >= input.Rank) continue;
            size = input.Shape[axis];
            return true;
        }

        size = -1;
        return false;
    }
}
