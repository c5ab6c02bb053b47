using System.Runtime.InteropServices;

namespace QuantGrad.Inference;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">What it holds.</param>
/// <param name="Dimensions">The dimensions; −1 is variable.</param>
/// <param name="Symbols">The names of the variable dimensions, such as <c>batch</c>; empty where fixed or unnamed.</param>
public sealed record OnnxTensorInfo(string Name, OnnxElementType ElementType, long[] Dimensions, string[] Symbols)
{
    /// <summary>Bytes of one element; 0 for a type that this binding does not carry.</summary>
    public int ElementBytes => ElementType switch { OnnxElementType.Float => 4, OnnxElementType.Double or OnnxElementType.Int64 => 8, _ => 0 };

    /// <summary>Name, type and dimensions, as in <c>features: float [batch, 8]</c>.</summary>
    public override string ToString() =>
        $"{Name}: {ElementType.ToString().ToLowerInvariant()} [{string.Join(", ", Dimensions.Select((size, axis) => size >= 0 ? FormattableString.Invariant($"{size}") : Symbols[axis].Length > 0 ? Symbols[axis] : "?"))}]";

    internal static unsafe OnnxTensorInfo Read(nint session, nuint index, bool output)
    {
        nint name, typeInfo;
        OnnxApi.Check(
            ((delegate* unmanaged<nint, nuint, nint, nint*, nint>)OnnxApi.At(output ? OnnxApi.Function.SessionGetOutputName : OnnxApi.Function.SessionGetInputName))(session, index, OnnxEnvironment.Allocator, &name),
            "could not name an input or output");
        var text = Marshal.PtrToStringUTF8(name) ?? "";
        OnnxEnvironment.Free(name);
        OnnxApi.Check(
            ((delegate* unmanaged<nint, nuint, nint*, nint>)OnnxApi.At(output ? OnnxApi.Function.SessionGetOutputTypeInfo : OnnxApi.Function.SessionGetInputTypeInfo))(session, index, &typeInfo),
            "could not describe an input or output");
        try
        {
            var tensor = OnnxApi.Get(OnnxApi.Function.CastTypeInfoToTensorInfo, typeInfo, "could not describe an input or output");
            if (tensor == 0) return new OnnxTensorInfo(text, OnnxElementType.Undefined, [], []);
            var (type, dimensions) = TypeAndShape(tensor);
            var symbols = new nint[dimensions.Length];
            fixed (nint* into = symbols)
                OnnxApi.Check(((delegate* unmanaged<nint, nint*, nuint, nint>)OnnxApi.At(OnnxApi.Function.GetSymbolicDimensions))(tensor, into, (nuint)symbols.Length), "could not name the dimensions");
            return new OnnxTensorInfo(text, type, dimensions, Array.ConvertAll(symbols, symbol => Marshal.PtrToStringUTF8(symbol) ?? ""));
        }
        finally
        {
            OnnxApi.Release(OnnxApi.Function.ReleaseTypeInfo, typeInfo);
        }
    }

    internal static unsafe (OnnxElementType Type, long[] Dimensions) TypeAndShape(nint tensor)
    {
        int type;
        nuint rank;
        OnnxApi.Check(((delegate* unmanaged<nint, int*, nint>)OnnxApi.At(OnnxApi.Function.GetTensorElementType))(tensor, &type), "could not tell an element type");
        OnnxApi.Check(((delegate* unmanaged<nint, nuint*, nint>)OnnxApi.At(OnnxApi.Function.GetDimensionsCount))(tensor, &rank), "could not tell a rank");
        var dimensions = new long[(int)rank];
        fixed (long* into = dimensions)
            OnnxApi.Check(((delegate* unmanaged<nint, long*, nuint, nint>)OnnxApi.At(OnnxApi.Function.GetDimensions))(tensor, into, rank), "could not tell a shape");
        return ((OnnxElementType)type, dimensions);
    }
}

/// <summary>The element types of ONNX (<c>TensorProto.DataType</c>) that matter here; others keep their number.</summary>
public enum OnnxElementType
{
    /// <summary>Not a tensor.</summary>
    Undefined = 0,

    /// <summary>32 bits.</summary>
    Float = 1,

    /// <summary>64-bit integer.</summary>
    Int64 = 7,

    /// <summary>64 bits.</summary>
    Double = 11,
}
