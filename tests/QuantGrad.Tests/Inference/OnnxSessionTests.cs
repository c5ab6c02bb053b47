using QuantGrad.Inference;

namespace QuantGrad.Tests.Inference;

public class OnnxSessionTests
{
    [Fact]
    public void Run_FloatModel_GivesTheValues()
    {
        using var session = new OnnxSession(TinyOnnx.Double());
        Assert.Equal([2f, 4f, -6f, 0.5f], session.Run([1f, 2f, -3f, 0.25f], rows: 2));
    }

    [Fact]
    public void Run_DenseTanh_AgreesWithPlainArithmetic()
    {
        using var session = new OnnxSession(new TinyOnnx()
            .Input("features", OnnxElementType.Float, "batch", 2).Output("position", OnnxElementType.Float, "batch", 1)
            .Constant("w", [2, 1], [0.5f, -1.5f]).Constant("b", [1], [0.25f])
            .Node("MatMul", ["features", "w"], "product").Node("Add", ["product", "b"], "sum").Node("Tanh", ["sum"], "position").Build());
        var positions = session.Run([1f, 2f, 0.3f, -0.1f], rows: 2);
        Assert.Equal(Math.Tanh((1 * 0.5) - (2 * 1.5) + 0.25), positions[0], 6);
        Assert.Equal(Math.Tanh((0.3 * 0.5) + (0.1 * 1.5) + 0.25), positions[1], 6);
    }

    [Fact]
    public void Session_Signature_TellsNamesTypesAndDimensions()
    {
        using var session = new OnnxSession(new TinyOnnx()
            .Input("a", OnnxElementType.Double, "batch", 4, "").Output("b", OnnxElementType.Double, "batch", 4, "").Node("Identity", ["a"], "b").Build());
        var input = Assert.Single(session.Inputs);
        Assert.Equal("a: double [batch, 4, ?]", input.ToString());
        Assert.Equal([-1L, 4L, -1L], input.Dimensions);
        Assert.Equal(["batch", "", ""], input.Symbols);
        Assert.Equal("b", Assert.Single(session.Outputs).Name);
    }

    [Fact]
    public void Session_Metadata_TellsWhatTheModelSays()
    {
        using var session = new OnnxSession(new TinyOnnx()
            .Input("x", OnnxElementType.Float, 1).Output("y", OnnxElementType.Float, 1).Node("Add", ["x", "x"], "y")
            .Meta("quantgrad.seed", "7").Meta("quantgrad.feature_names", "[\"a\",\n\"b\"]").Build());
        var metadata = session.Metadata;
        Assert.Equal(("by hand", "tiny", "org.quantgrad", "a tiny model", 3L), (metadata.Producer, metadata.GraphName, metadata.Domain, metadata.Description, metadata.Version));
        Assert.Equal(["quantgrad.feature_names", "quantgrad.seed"], metadata.Custom.Keys);
        Assert.Equal("[\"a\",\n\"b\"]", metadata.Custom["quantgrad.feature_names"]);
    }

    [Fact]
    public void Run_DoubleAndInt64_AreCarriedExactly()
    {
        using var session = new OnnxSession(new TinyOnnx()
            .Input("d", OnnxElementType.Double, "n").Input("i", OnnxElementType.Int64, "n")
            .Output("dd", OnnxElementType.Double, "n").Output("ii", OnnxElementType.Int64, "n")
            .Node("Add", ["d", "d"], "dd").Node("Add", ["i", "i"], "ii").Build());
        using var binding = new OnnxBinding(session, rows: 3);
        new[] { 0.1, 1e300, -2 }.CopyTo(binding.Input<double>(0));
        new[] { 1L << 61, -5, 0 }.CopyTo(binding.Input<long>(1));
        binding.Run();
        Assert.Equal([0.2, 2e300, -4], binding.Output<double>(0).ToArray());
        Assert.Equal([1L << 62, -10, 0], binding.Output<long>(1).ToArray());
        Assert.Throws<InvalidOperationException>(() => binding.Output<float>(0).Length);
    }

    [Fact]
    public void Run_OutputShapeKnownOnlyToTheRun_IsRead()
    {
        using var session = new OnnxSession(new TinyOnnx()
            .Input("x", OnnxElementType.Float, "n").Output("where", OnnxElementType.Int64, 1, "found").Node("NonZero", ["x"], "where").Build());
        using var binding = new OnnxBinding(session, rows: 5);
        new[] { 0f, 3, 0, 0, -1 }.CopyTo(binding.Input<float>());
        for (var again = 0; again < 3; again++)
        {
            binding.Run();
            Assert.Equal([1L, 4L], binding.Output<long>().ToArray());
            Assert.Equal([1L, 2L], binding.OutputShape().ToArray());
        }
    }

    [Fact]
    public void Run_ChangedRows_BindsAgain()
    {
        using var session = new OnnxSession(TinyOnnx.Double(1));
        using var binding = new OnnxBinding(session);
        foreach (var rows in new[] { 1, 64, 3, 64 })
        {
            binding.SetRows(rows);
            binding.Input<float>().Fill(rows);
            binding.Run();
            Assert.Equal(rows, binding.Output<float>().Length);
            Assert.All(binding.Output<float>().ToArray(), value => Assert.Equal(2f * rows, value));
        }
    }

    [Fact]
    public void Run_Bound_AllocatesNothingManaged()
    {
        using var session = new OnnxSession(TinyOnnx.Double(8));
        using var binding = new OnnxBinding(session, rows: 16);
        var (input, output) = (new float[8], new float[8]);
        for (var warm = 0; warm < 100; warm++)
        {
            binding.Run();
            session.Run(input, 1, output);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var call = 0; call < 1000; call++)
        {
            binding.Input<float>()[0] = call;
            binding.Run();
            session.Run(input, 1, output);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1998f, binding.Output<float>()[0]);
    }

    [Fact]
    public async Task Run_ManyThreads_EachGetsItsOwnAnswer()
    {
        using var session = new OnnxSession(TinyOnnx.Double(4));
        await Task.WhenAll(Enumerable.Range(1, 8).Select(thread => Task.Run(() =>
        {
            var input = new float[4];
            for (var call = 0; call < 500; call++)
            {
                input.AsSpan().Fill((thread * 1000) + call);
                Assert.All(session.Run(input, 1), value => Assert.Equal(2f * ((thread * 1000) + call), value));
            }
        })));
    }

    [Fact]
    public void Dispose_WhileABindingLives_EndsItCleanly()
    {
        var session = new OnnxSession(TinyOnnx.Double());
        var binding = new OnnxBinding(session, rows: 1);
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(binding.Run);
        binding.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Rent());
    }
}
