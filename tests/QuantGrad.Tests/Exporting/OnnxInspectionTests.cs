using QuantGrad.Exporting;
using QuantGrad.Inference;
using QuantGrad.Tests.Inference;

namespace QuantGrad.Tests.Exporting;

public class OnnxInspectionTests
{
    private static TinyOnnx Graph => TinyBundle.Graph(1, 1);

    [Fact]
    public void Check_HonestModel_Passes()
    {
        OnnxInspection.Check(TinyBundle.Model(), "m");
        OnnxInspection.Check(TinyBundle.Model(), "m", anyOperator: true);
    }

    [Fact]
    public void Check_OperatorOutsideTheList_IsRefusedUnlessForeign()
    {
        var model = Graph.Node("Loop", ["features"], "x").Build();
        Assert.Contains("operator 'Loop'", Refusal(model), StringComparison.Ordinal);
        OnnxInspection.Check(model, "m", anyOperator: true);
        Assert.Contains("did you mean Tanh", Refusal(Graph.Node("TANH", ["features"], "x").Build()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Check_CustomDomain_IsRefused(bool anyOperator) =>
        Assert.Contains("domain 'com.evil'", Refusal(Graph.Node("Add", ["features", "features"], "x", "com.evil").Build(), anyOperator), StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Check_ExternalData_IsRefused(bool anyOperator)
    {
        var outside = TinyOnnx.Message(m => m.Int(1, 2).Int(2, 1).String(8, "w2").Bytes(13, TinyOnnx.Message(e => e.String(1, "location").String(2, "/etc/passwd"))).Int(14, 1));
        Assert.Contains("data outside the file", Refusal(Graph.Initializer(outside).Build(), anyOperator), StringComparison.Ordinal);
        var inAttribute = TinyOnnx.Message(m => m.String(2, "c").String(4, "Constant").Bytes(5, TinyOnnx.Message(a => a.String(1, "value").Bytes(5, outside))));
        Assert.Contains("data outside the file", Refusal(Wrap(graph => graph.Bytes(1, inAttribute)), anyOperator), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SparseTensorsFunctionsTrainingAndGraphsInside_AreRefused()
    {
        Assert.Contains("a sparse tensor", Refusal(Wrap(graph => graph.Bytes(15, [])), true), StringComparison.Ordinal);
        Assert.Contains("a sparse tensor", Refusal(Wrap(graph => graph.Bytes(1, TinyOnnx.Message(n => n.String(4, "Add").Bytes(5, TinyOnnx.Message(a => a.Bytes(22, [])))))), true), StringComparison.Ordinal);
        Assert.Contains("a graph inside", Refusal(Wrap(graph => graph.Bytes(1, TinyOnnx.Message(n => n.String(4, "Add").Bytes(5, TinyOnnx.Message(a => a.Bytes(6, []))))))), StringComparison.Ordinal);
        Assert.Contains("functions of its own", Refusal(TinyOnnx.Message(m => m.Bytes(25, []))), StringComparison.Ordinal);
        Assert.Contains("training information", Refusal(TinyOnnx.Message(m => m.Bytes(20, []))), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_GraphsWithinGraphs_EndSomewhere()
    {
        var inner = Array.Empty<byte>();
        for (var depth = 0; depth < 50; depth++)
        {
            var within = inner;
            inner = TinyOnnx.Message(g => g.Bytes(1, TinyOnnx.Message(n => n.String(4, "If").Bytes(5, TinyOnnx.Message(a => a.Bytes(6, within))))));
        }

        Assert.Contains("graphs within graphs", Refusal(TinyOnnx.Message(m => m.Bytes(7, inner)), true), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Rubbish_IsRefused()
    {
        Assert.Contains("not an ONNX file", Refusal("rubbish"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("holds no graph", Refusal([]), StringComparison.Ordinal);
        var model = TinyBundle.Model();
        Assert.Contains("not an ONNX file", Refusal(model[..(model.Length / 2)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_AnyMutation_NeverThrowsAnythingElse()
    {
        var model = TinyBundle.Model();
        for (var at = 0; at < model.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var copy = (byte[])model.Clone();
                copy[at] ^= (byte)(1 << bit);
                try
                {
                    OnnxInspection.Check(copy, "m");
                }
                catch (ModelException)
                {
                }
            }
        }
    }

    private static byte[] Wrap(Action<TinyOnnx.Fields> graph) => TinyOnnx.Message(m => m.Int(1, 7).Bytes(7, TinyOnnx.Message(graph)));

    private static string Refusal(byte[] model, bool anyOperator = false) =>
        Assert.ThrowsAny<ModelException>(() => OnnxInspection.Check(model, "m", anyOperator)).Message;
}
