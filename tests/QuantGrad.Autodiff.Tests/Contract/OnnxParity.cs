using System.Numerics;
using QuantGrad.Autodiff.Onnx;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Inference;

namespace QuantGrad.Autodiff.Tests.Contract;

/// <summary>An op's case exported and run by ONNX Runtime beside the engine.</summary>
internal static class OnnxParity
{
    /// <summary>The largest difference, relative to the largest value, of a model that computes in <typeparamref name="T"/>.</summary>
    internal static double Error<T>(OpCase opCase) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (opCase.Op == typeof(Softmax) || opCase.Op == typeof(MarketNeutral)) opCase = opCase with { Size = new PlanSize(1, opCase.Size.Assets + 3) };
        if (opCase.Op == typeof(ToOwnBars) || opCase.Op == typeof(ToCalendar)) opCase = opCase with { Inputs = (row, size) => row / size.Assets }; // own bars only
        var (plan, output, _) = opCase.Compile<T>();
        plan.Training = false;
        plan.Forward();
        var along = output.Op!.LooksAlongTime;
        using var session = new OnnxSession(Model(output, plan));
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

    private static byte[] Model<T>(Node output, Plan<T> plan) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (names, info) = (new Dictionary<Node, string>(), new OnnxModelInfo("case", "1"));
        return plan is Plan<double> inDouble ? OnnxModelWriter.Write(output, "y", names, inDouble, info) : OnnxModelWriter.Write(output, "y", names, (Plan<float>)(object)plan, info);
    }

    /// <summary>Time-major rows as [asset, time, width], or as they are.</summary>
    private static float[] Arrange<T>(ReadOnlySpan<T> values, PlanSize size, int width, bool along) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rows = Array.ConvertAll(values.ToArray(), float.CreateTruncating);
        var arranged = rows.ToArray();
        if (!along) return arranged;
        for (var t = 0; t < size.Steps; t++)
            for (var a = 0; a < size.Assets; a++)
                rows.AsSpan((t * size.Assets + a) * width, width).CopyTo(arranged.AsSpan((a * size.Steps + t) * width));
        return arranged;
    }
}
