using QuantGrad.Autodiff.Onnx;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Inference;

namespace QuantGrad.Autodiff.Tests.Contract;

/// <summary>An op's case exported and run by ONNX Runtime beside the engine.</summary>
internal static class OnnxParity
{
    /// <summary>The largest difference, relative to the largest value.</summary>
    internal static double Error(OpCase opCase)
    {
        if (opCase.Op == typeof(Softmax) || opCase.Op == typeof(MarketNeutral)) opCase = opCase with { Size = new PlanSize(1, opCase.Size.Assets + 3) };
        if (opCase.Op == typeof(ToOwnBars) || opCase.Op == typeof(ToCalendar)) opCase = opCase with { Inputs = (row, size) => row / size.Assets }; // own bars only
        var (plan, output, _) = opCase.Compile<float>();
        plan.Training = false;
        plan.Forward();
        var along = output.Op!.LooksAlongTime;
        using var session = new OnnxSession(OnnxModelWriter.Write(output, "y", new Dictionary<Node, string>(), plan, new OnnxModelInfo("case", "1")));
        using var binding = new OnnxBinding(session);
        for (var i = 0; i < session.Inputs.Count; i++)
        {
            var node = plan.Graph.Nodes.Single(node => string.Equals(node.Name, session.Inputs[i].Name, StringComparison.Ordinal));
            binding.SetShape(i, along ? [plan.Size.Assets, plan.Size.Steps, node.Shape.Width] : [plan.Size.Rows, node.Shape.Width]);
            Arrange(plan.Value(node), plan.Size, node.Shape.Width, along).CopyTo(binding.Input<float>(i));
        }

        binding.Run();
        var ours = Arrange(plan.Value(output), plan.Size, output.Shape.Width, along);
        var theirs = binding.Output<float>();
        Assert.Equal(ours.Length, theirs.Length);
        var (worst, scale) = (0.0, 1e-6);
        for (var i = 0; i < ours.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(ours[i] - theirs[i]));
            scale = Math.Max(scale, Math.Abs(ours[i]));
        }

        return worst / scale;
    }

    /// <summary>Time-major rows as [asset, time, width], or as they are.</summary>
    private static float[] Arrange(ReadOnlySpan<float> rows, PlanSize size, int width, bool along)
    {
        var arranged = rows.ToArray();
        if (!along) return arranged;
        for (var t = 0; t < size.Steps; t++)
            for (var a = 0; a < size.Assets; a++)
                rows.Slice((t * size.Assets + a) * width, width).CopyTo(arranged.AsSpan((a * size.Steps + t) * width));
        return arranged;
    }
}
