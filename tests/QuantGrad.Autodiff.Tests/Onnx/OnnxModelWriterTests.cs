using System.Text;
using Google.Protobuf;
using QuantGrad.Autodiff.Onnx;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Autodiff.Ops.Series;
using QuantGrad.Autodiff.Tests.Contract;

namespace QuantGrad.Autodiff.Tests.Onnx;

public class OnnxModelWriterTests
{
    private static readonly OnnxModelInfo Info = new("network", "0.1.0") { Metadata = [new("name", "test"), new("features", "a,b")] };

    [Fact]
    public void Write_Network_HasTheHeaderNodesInitializersAndEdges()
    {
        var model = Fields(Network(out _, out _));
        Assert.Equal(7UL, Assert.Single(model[1]));
        Assert.Equal("QuantGrad", Text(model[2][0]));
        Assert.Equal("0.1.0", Text(model[3][0]));
        Assert.Equal("org.quantgrad", Text(model[4][0]));
        Assert.Equal(13UL, Fields((byte[])model[8][0])[2][0]);
        Assert.Equal(["name", "features"], model[14].Select(entry => Text(Fields((byte[])entry)[1][0])));
        var graph = Fields((byte[])model[7][0]);
        Assert.Equal(["Sub", "Div", "Gemm", "Tanh", "Gemm", "Tanh"], graph[1].Select(node => Text(Fields((byte[])node)[4][0])));
        Assert.Equal(["mean", "std", "hidden.weight", "hidden.bias", "head.weight", "head.bias"], graph[5].Select(t => Text(Fields((byte[])t)[8][0])));
        Assert.Equal("features", Text(Fields((byte[])graph[11][0])[1][0]));
        Assert.Equal("position", Text(Fields((byte[])graph[12][0])[1][0]));
        Assert.Contains("batch", Encoding.UTF8.GetString((byte[])graph[11][0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytes() => Assert.Equal(Network(out _, out _), Network(out _, out _));

    [Fact]
    public void Write_OpWithoutOnnxForm_IsRefusedByName()
    {
        var graph = new Graph();
        var y = graph.Add("secret", new NoForm(), graph.Input("x", Shape.PerRow(2)));
        var error = Assert.Throws<GraphException>(() => OnnxModelWriter.Write(y, "y", new Dictionary<Node, string>(), new Plan<float>(graph, new PlanSize(1, 1), y), Info));
        Assert.Contains("secret", error.Message, StringComparison.Ordinal);
        Assert.Contains("NoForm has no ONNX form", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryCase_ThatClaimsAnOnnxForm_Writes()
    {
        foreach (var opCase in OpCases.All)
        {
            var (plan, output, _) = opCase.Compile<float>();
            if (!opCase.HasOnnx) Assert.Throws<GraphException>(() => output.Op!.WriteOnnx(new OnnxNodeWriter(new OnnxGraph(node => Array.ConvertAll(plan.Value(node).ToArray(), value => (double)value), OnnxGraph.FloatType, false, new Dictionary<Node, string>()), output)));
            else output.Op!.WriteOnnx(new OnnxNodeWriter(new OnnxGraph(node => Array.ConvertAll(plan.Value(node).ToArray(), value => (double)value), OnnxGraph.FloatType, false, new Dictionary<Node, string>()), output));
        }
    }

    /// <summary>A runtime warns of every constant that nothing reads, each time it loads the model.</summary>
    [Fact]
    public void Write_LookBackOfAParameter_HoldsNoConstantThatNothingReads()
    {
        var graph = new Graph();
        var n = graph.Add("n.value", new BoxParameter(2, 9, BoxScale.Linear, true), graph.Parameter("n", Shape.Fixed(1, 1), Initializer.Zero), graph.Constant("temperature", Shape.Scalar));
        var output = graph.Add("mean", new LookBack(WindowKind.Mean, 9), graph.Input("x", Shape.PerRow(1)), n, graph.Constant("sharpness", Shape.Scalar));
        var plan = new Plan<double>(graph, new PlanSize(20, 1), output);
        plan.Forward();

        var written = Fields((byte[])Fields(OnnxModelWriter.Write(output, "y", new Dictionary<Node, string>(), plan, Info))[7][0]);

        var read = written[1].SelectMany(node => Fields((byte[])node).GetValueOrDefault(1, [])).Select(Text).ToHashSet(StringComparer.Ordinal);
        Assert.All(written[5], constant => Assert.Contains(Text(Fields((byte[])constant)[8][0]), read));
    }

    internal static byte[] Network(out Plan<float> plan, out Node output)
    {
        var graph = new Graph();
        var x = graph.Input("x", Shape.PerRow(3));
        var scaled = graph.Add("scaled", new Standardize(), x, graph.Constant("mean", Shape.Fixed(1, 3)), graph.Constant("std", Shape.Fixed(1, 3)));
        output = graph.Dense("head", graph.Dense("hidden", scaled, 4, Activation.Tanh), 1, Activation.Tanh);
        plan = new Plan<float>(graph, new PlanSize(2, 1), output);
        plan.InitializeParameters(1);
        plan.Value(graph.Nodes.Single(node => string.Equals(node.Name, "std", StringComparison.Ordinal))).Fill(2);
        return OnnxModelWriter.Write(output, "position", new Dictionary<Node, string> { [x] = "features" }, plan, Info);
    }

    private static string Text(object value) => Encoding.UTF8.GetString((byte[])value);

    /// <summary>A message's fields by number: varints as ulong, the rest as bytes.</summary>
    private static Dictionary<int, List<object>> Fields(byte[] message)
    {
        var fields = new Dictionary<int, List<object>>();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag && tag != 0)
        {
            if (!fields.TryGetValue(WireFormat.GetTagFieldNumber(tag), out var values)) fields[WireFormat.GetTagFieldNumber(tag)] = values = [];
            values.Add(WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint ? input.ReadUInt64() : input.ReadBytes().ToByteArray());
        }

        return fields;
    }

    private sealed class NoForm : Op
    {
        public override bool IsRowWise => true;

        public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => inputs[0];

        public override void Forward<T>(in OpFrame<T> frame) => frame.Input(0).CopyTo(frame.Output);

        public override void Backward<T>(in OpFrame<T> frame) => throw new NotSupportedException();
    }
}
