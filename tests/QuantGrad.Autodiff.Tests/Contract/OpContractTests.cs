using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Autodiff.Tests.Contract;

/// <summary>What every op promises: its gradient, both precisions, any blocks, no allocation. An op without a case fails here.</summary>
public class OpContractTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, OpCase> Cases = OpCases.All.ToDictionary(c => c.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Fact]
    public void EveryOp_HasACase()
    {
        var ops = typeof(Op).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Op)) && !type.IsAbstract);
        Assert.Empty(ops.Except(Cases.Values.Select(c => c.Op)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Case_IsOfItsOp(string name) => Assert.IsType(Cases[name].Op, Cases[name].Compile<double>().Output.Op);

    [Theory, MemberData(nameof(Names))]
    public void OutputShape_WrongNumberOfInputs_IsRefusedByName(string name)
    {
        var op = Cases[name].Compile<double>().Output.Op!;
        Assert.Throws<GraphException>(() => op.OutputShape([]));
    }

    [Theory, MemberData(nameof(Names))]
    public void Backward_EqualsCentralDifferences(string name)
    {
        var (plan, _, loss) = Cases[name].Compile<double>();
        foreach (var group in GradientCheck.Run(plan, loss, 100))
            Assert.True(group.MaxError < 1e-7, $"{name}: {group}");
    }

    [Theory, MemberData(nameof(Names))]
    public void Float_AgreesWithDouble(string name)
    {
        var (single, result, loss) = Cases[name].Compile<float>();
        var (exact, exactOutput, exactLoss) = Cases[name].Compile<double>();
        single.Forward();
        single.Backward(loss);
        exact.Forward();
        exact.Backward(exactLoss);
        Near(exact.Value(exactOutput), single.Value(result), name, Cases[name].FloatTolerance);
        foreach (var (a, b) in exact.Graph.Parameters.Zip(single.Graph.Parameters)) Near(exact.Gradient(a), single.Gradient(b), $"{name}: {a}", Cases[name].FloatTolerance);
    }

    [Theory, MemberData(nameof(Names))]
    public void AnyBlocks_GiveTheSame(string name)
    {
        var (whole, result, loss) = Cases[name].Compile<double>(blockRows: 100_000);
        whole.Forward();
        whole.Backward(loss);
        foreach (var rows in new[] { 1, 4, 5, 17 })
        {
            var (cut, cutOutput, cutLoss) = Cases[name].Compile<double>(rows);
            cut.Forward();
            cut.Backward(cutLoss);
            Assert.Equal(whole.Value(result), cut.Value(cutOutput));
            for (var i = 0; i < whole.ParameterGradients.Length; i++)
                Assert.Equal(whole.ParameterGradients[i], cut.ParameterGradients[i], 1e-12 * (1 + Math.Abs(whole.ParameterGradients[i])));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void ForwardAndBackward_AllocateNothing(string name)
    {
        var (plan, _, loss) = Cases[name].Compile<float>();
        for (var warm = 0; warm < 3; warm++) Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 10; step++) Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step()
        {
            plan.Forward();
            plan.Backward(loss);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Export_AgreesWithOnnxRuntime(string name)
    {
        if (Cases[name].HasOnnx) Assert.InRange(OnnxParity.Error<float>(Cases[name]), 0, 1e-5);
        else Assert.Throws<GraphException>(() => OnnxParity.Error<float>(Cases[name]));
    }

    /// <summary>A network beside a rule computes in double, and the runtime has not every operator in it.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Export_InDouble_AgreesWithOnnxRuntime(string name)
    {
        if (Cases[name].HasOnnx) Assert.InRange(OnnxParity.Error<double>(Cases[name]), 0, 1e-5);
    }

    [Fact]
    public void TableOfAllOps()
    {
        output.WriteLine($"{"case",-32} {"gradient",10} {"ONNX",10}");
        foreach (var opCase in Cases.Values)
        {
            var (plan, _, loss) = opCase.Compile<double>();
            var parity = opCase.HasOnnx ? OnnxParity.Error<float>(opCase).ToString("E1", System.Globalization.CultureInfo.InvariantCulture) : "none";
            output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{opCase.Name,-32} {GradientCheck.Run(plan, loss, 30).Max(group => group.MaxError),10:E1} {parity,10}"));
        }
    }

    [Fact]
    public void Backward_OfAFaultyOp_IsCaught()
    {
        var (plan, _, loss) = new OpCase("faulty", typeof(FaultyScale), g => g.Add("y", new FaultyScale(), OpCases.Rows(g, 4))).Compile<double>();
        Assert.All(GradientCheck.Run(plan, loss), group => Assert.True(group.MaxError > 1e-6));
    }

    private static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<float> found, string what, double tolerance)
    {
        var scale = 1e-6;
        foreach (var value in expected) scale = Math.Max(scale, Math.Abs(value));
        for (var i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - found[i]) < tolerance * scale, $"{what} [{i}]: {expected[i]} in double, {found[i]} in float");
    }

    /// <summary>Its gradient is wrong by two in a million: the contract must notice.</summary>
    private sealed class FaultyScale : Op
    {
        public override bool IsRowWise => true;

        public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => inputs[0];

        public override void Forward<T>(in OpFrame<T> frame) => frame.Input(0).CopyTo(frame.Output);

        public override void Backward<T>(in OpFrame<T> frame)
        {
            var dx = frame.InputGradient(0);
            for (var i = 0; i < dx.Length; i++) dx[i] += frame.OutputGradient[i] * T.CreateTruncating(1.000002);
        }
    }
}
