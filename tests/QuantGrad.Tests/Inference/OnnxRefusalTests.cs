using System.Text;
using QuantGrad.Inference;

namespace QuantGrad.Tests.Inference;

public class OnnxRefusalTests
{
    [Fact]
    public void Load_NoModel_SaysWhatTheRuntimeSays()
    {
        var refusal = Assert.Throws<OnnxRuntimeException>(() => new OnnxSession("not a model"u8, name: "rubbish.onnx"));
        Assert.Equal(5, refusal.ExitCode);
        Assert.Equal(OnnxErrorCode.InvalidProtobuf, refusal.Code);
        Assert.StartsWith($"ONNX Runtime {OnnxEnvironment.Version} could not load rubbish.onnx: ", refusal.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<ModelException>(refusal);
    }

    [Fact]
    public void Load_MissingFile_NamesIt() =>
        Assert.Contains("/nowhere/model.onnx", Assert.Throws<OnnxRuntimeException>(() => new OnnxSession("/nowhere/model.onnx")).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_UnknownOperator_NamesIt()
    {
        var model = new TinyOnnx().Input("x", OnnxElementType.Float, 1).Output("y", OnnxElementType.Float, 1).Node("Teleport", ["x"], "y").Build();
        Assert.Contains("Teleport", Assert.Throws<OnnxRuntimeException>(() => new OnnxSession(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_InvalidUtf8InAName_IsToldAsOneLineOfText()
    {
        var model = new TinyOnnx().Input("x", OnnxElementType.Float, 1).Output("y", OnnxElementType.Float, 1).Node("QQQQQQ", ["x"], "y").Build();
        var at = model.AsSpan().IndexOf("QQQQQQ"u8);
        new byte[] { 0xFF, 0xC3, 0x28, (byte)'\n', 0xFE, 0x80 }.CopyTo(model, at);
        var message = Assert.Throws<OnnxRuntimeException>(() => new OnnxSession(model)).Message;
        Assert.DoesNotContain(message, char.IsControl);
    }

    [Fact]
    public void Load_OtherElementType_IsRefusedByName()
    {
        const int boolean = 9;
        var model = new TinyOnnx().Input("x", OnnxElementType.Float, 1).Output("y", (OnnxElementType)boolean, 1).Node("IsNaN", ["x"], "y").Build();
        Assert.Contains("the output y", Assert.Throws<OnnxRuntimeException>(() => new OnnxSession(model)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 0)]
    [InlineData(0, 1)]
    public void Run_WrongNumberOfValues_IsRefused(int values, int rows)
    {
        using var session = new OnnxSession(TinyOnnx.Double(4));
        Assert.Contains("do not make", Assert.Throws<OnnxRuntimeException>(() => session.Run(new float[values], rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WrongShape_IsRefusedAndTheNextCallWorks()
    {
        using var session = new OnnxSession(TinyOnnx.Double(4));
        using var binding = new OnnxBinding(session);
        binding.SetShape(0, [1, 5]);
        Assert.Equal(OnnxErrorCode.InvalidArgument, Assert.Throws<OnnxRuntimeException>(binding.Run).Code);
        binding.SetShape(0, [1, 4]);
        binding.Run();
        Assert.Throws<OnnxRuntimeException>(() => binding.SetShape(0, [1L << 40, 1L << 40]));
        Assert.Throws<OnnxRuntimeException>(() => binding.SetShape(0, [-1, 4]));
    }

    [Fact]
    public void Library_NamedButMissing_SaysTheVariable()
    {
        var refusal = Assert.Throws<OnnxRuntimeException>(() => OnnxRuntimeLibrary.Load("/nowhere/libonnxruntime.so", AppContext.BaseDirectory));
        Assert.Contains("QUANTGRAD_ONNXRUNTIME names /nowhere/libonnxruntime.so", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Library_NamedButNoLibrary_SaysSo()
    {
        var folder = Directory.CreateTempSubdirectory("quantgrad");
        var file = Path.Combine(folder.FullName, OnnxRuntimeLibrary.FileNames[0]);
        File.WriteAllBytes(file, Encoding.ASCII.GetBytes("no library"));
        Assert.Contains("can load", Assert.Throws<OnnxRuntimeException>(() => OnnxRuntimeLibrary.Load(folder.FullName, "")).Message, StringComparison.Ordinal);
        Assert.Contains("could not be loaded", Assert.Throws<OnnxRuntimeException>(() => OnnxRuntimeLibrary.Load(null, folder.FullName)).Message, StringComparison.Ordinal);
        File.Delete(file);
        Assert.Contains("Node.js", Assert.Throws<OnnxRuntimeException>(() => OnnxRuntimeLibrary.Load(null, folder.FullName)).Message, StringComparison.Ordinal);
        folder.Delete();
    }

    [Fact]
    public void Library_InAFolder_IsFound() => Assert.NotEqual(0, OnnxRuntimeLibrary.Load(AppContext.BaseDirectory, "/nowhere").Handle);
}
