using System.Runtime.InteropServices;

namespace QuantGrad.Inference;

/// <summary>One input or output of a binding: a pinned buffer that grows, and the runtime's value over it.</summary>
internal sealed unsafe class OnnxTensor(OnnxTensorInfo info)
{
    private long[] shape = (long[])info.Dimensions.Clone();
    private byte[] buffer = [];
    private bool shapeChanged = true;

    public OnnxTensorInfo Info { get; } = info;

    public int BufferBytes => buffer.Length;

    /// <summary>The runtime's value over the buffer; 0 until bound, and for an output whose shape only the run knows.</summary>
    public nint Value { get; private set; }

    public int Rank { get; private set; } = info.Dimensions.Length;

    public ReadOnlySpan<long> Shape => shape.AsSpan(0, Rank);

    /// <summary>How many elements the shape holds; −1 while a dimension is variable.</summary>
    public int Elements { get; private set; } = -1;

    public Span<T> Values<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(float) ? Info.ElementType != OnnxElementType.Float : typeof(T) == typeof(double) ? Info.ElementType != OnnxElementType.Double : typeof(T) != typeof(long) || Info.ElementType != OnnxElementType.Int64)
            throw new InvalidOperationException($"{Info} was asked for as {typeof(T).Name}.");
        if (Elements < 0) throw new InvalidOperationException($"The shape of {Info} is not set.");
        return MemoryMarshal.Cast<byte, T>(buffer.AsSpan(0, Elements * Info.ElementBytes));
    }

    public Span<byte> Bytes => buffer.AsSpan(0, Math.Max(0, Elements) * Info.ElementBytes);

    /// <summary>Sets the shape and makes room for it. True where it is another one than before.</summary>
    public bool SetShape(ReadOnlySpan<long> dimensions)
    {
        if (!shapeChanged && dimensions.SequenceEqual(Shape)) return false;
        long elements = 1;
        foreach (var size in dimensions)
        {
            if (size < 1 || elements > int.MaxValue / Info.ElementBytes / size)
                throw new OnnxRuntimeException($"{Info} cannot have the shape [{string.Join(", ", dimensions.ToArray())}]: dimensions start at 1 and a tensor ends at 2 GB.", OnnxErrorCode.InvalidArgument);
            elements *= size;
        }

        if (shape.Length < dimensions.Length) shape = new long[dimensions.Length];
        dimensions.CopyTo(shape);
        Rank = dimensions.Length;
        Elements = (int)elements;
        var bytes = Elements * Info.ElementBytes;
        if (buffer.Length < bytes) buffer = GC.AllocateArray<byte>(bytes, pinned: true);
        Release();
        shapeChanged = false;
        return true;
    }

    /// <summary>Makes the runtime's value over the buffer, once a shape.</summary>
    public void Bind()
    {
        if (Value != 0) return;
        nint value;
        fixed (byte* data = buffer)
        fixed (long* dimensions = shape)
        {
            OnnxApi.Check(
                ((delegate* unmanaged<nint, byte*, nuint, long*, nuint, int, nint*, nint>)OnnxApi.At(OnnxApi.Function.CreateTensorWithDataAsOrtValue))(
                    OnnxEnvironment.Memory, data, (nuint)(Elements * Info.ElementBytes), dimensions, (nuint)Rank, (int)Info.ElementType, &value),
                "could not make a tensor");
        }

        Value = value;
    }

    /// <summary>Takes over a value that the runtime allocated: shape and content are copied, the value is freed.</summary>
    public void Take(nint value)
    {
        using var owned = new OnnxHandle(value, OnnxApi.Function.ReleaseValue);
        using var description = new OnnxHandle(OnnxApi.Get(OnnxApi.Function.GetTensorTypeAndShape, value, "could not describe an output"), OnnxApi.Function.ReleaseTensorTypeAndShapeInfo);
        var (type, dimensions) = OnnxTensorInfo.TypeAndShape(description.Pointer);
        if (type != Info.ElementType) throw new OnnxRuntimeException($"{Info} came back as another type than declared ({(int)type}).");
        SetShape(dimensions);
        new ReadOnlySpan<byte>((void*)OnnxApi.Get(OnnxApi.Function.GetTensorMutableData, value, "could not read an output"), Elements * Info.ElementBytes).CopyTo(buffer);
    }

    public void Release()
    {
        if (Value == 0) return;
        OnnxApi.Release(OnnxApi.Function.ReleaseValue, Value);
        Value = 0;
    }
}
