namespace QuantGrad.Autodiff;

/// <summary>What the check found for one parameter node.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Checked">How many of its values were checked.</param>
/// <param name="Count">How many values it has.</param>
/// <param name="MaxError">The largest relative error, |backward − difference| / max(|backward|, |difference|, rms of the group's gradient).</param>
/// <param name="WorstIndex">The place of the largest error in the parameter's values.</param>
/// <param name="Backward">The backpropagated derivative there.</param>
/// <param name="Difference">The difference quotient there.</param>
public sealed record GradientCheckGroup(string Parameter, int Checked, int Count, double MaxError, int WorstIndex, double Backward, double Difference);

/// <summary>
/// The backpropagated gradient against central differences in double. The quotients are extrapolated to step zero (Ridders 1982), so that a
/// relative error of 1e-7 is resolved; errors are measured against the group's own gradient, so that a value of almost no slope adds no noise.
/// </summary>
public static class GradientCheck
{
    private const int Levels = 10;
    private const double FirstStep = 1e-2;
    private const double Shrink = 2;

    /// <summary>Checks every parameter that the loss depends on. The parameters are as before afterwards.</summary>
    /// <param name="plan">A plan whose inputs, constants and parameters are set.</param>
    /// <param name="loss">A scalar node.</param>
    /// <param name="valuesPerGroup">At most so many values of each parameter are checked, chosen by the seed; all by default.</param>
    /// <param name="seed">Chooses them.</param>
    public static IReadOnlyList<GradientCheckGroup> Run(Plan<double> plan, Node loss, int valuesPerGroup = int.MaxValue, ulong seed = 0)
    {
        plan.Forward();
        plan.Backward(loss);
        var gradients = plan.Graph.Parameters.ToDictionary(node => node, node => plan.Gradient(node).ToArray());

        // A group of no slope at all (the key's bias in attention, which every score shares) is measured against the whole gradient, not against its own rounding.
        var floor = Math.Max(1e-12 * Math.Max(1, Math.Abs(plan.Value(loss)[0])), 1e-7 * Optimizers.GradientNorm.Of<double>(plan.ParameterGradients) / Math.Sqrt(plan.ParameterGradients.Length));
        var groups = new List<GradientCheckGroup>();
        foreach (var node in plan.Graph.Parameters)
        {
            var chosen = Choose(gradients[node].Length, valuesPerGroup, RandomStream.For(seed, node.Name));
            if (plan.IsNeeded(node)) groups.Add(CheckGroup(plan, loss, node, gradients[node], chosen, floor));
        }

        plan.Forward();
        return groups;
    }

    private static GradientCheckGroup CheckGroup(Plan<double> plan, Node loss, Node node, ReadOnlySpan<double> gradient, int[] chosen, double floor)
    {
        var rms = Optimizers.GradientNorm.Of(gradient) / Math.Sqrt(gradient.Length);
        var worst = new GradientCheckGroup(node.Name, chosen.Length, gradient.Length, -1, 0, 0, 0);
        foreach (var index in chosen)
        {
            var backward = gradient[index];
            var scale = Math.Max(Math.Max(Math.Abs(backward), rms), floor);
            var difference = Difference(plan, loss, node, index, 1e-11 * scale);
            var error = Math.Abs(backward - difference) / Math.Max(scale, Math.Abs(difference));
            if (double.IsNaN(error)) error = double.PositiveInfinity;
            if (error > worst.MaxError) worst = worst with { MaxError = error, WorstIndex = index, Backward = backward, Difference = difference };
        }

        return worst;
    }

    /// <summary>dL/dw by Ridders' method: the tableau's entry that changed least, or the first one good enough.</summary>
    private static double Difference(Plan<double> plan, Node loss, Node node, int index, double goodEnough)
    {
        Span<double> row = stackalloc double[Levels];
        var value = plan.Value(node)[index];
        var step = FirstStep * Math.Max(1, Math.Abs(value));
        var best = double.NaN;
        var leastChange = double.PositiveInfinity;
        for (var level = 0; level < Levels && leastChange > goodEnough; level++, step /= Shrink)
        {
            var previous = row[0];
            row[0] = (Loss(plan, loss, node, index, value + step) - Loss(plan, loss, node, index, value - step)) / (value + step - (value - step));
            var power = 1.0;
            for (var order = 1; order <= level; order++)
            {
                power *= Shrink * Shrink;
                var extrapolated = (row[order - 1] * power - previous) / (power - 1);
                var change = Math.Max(Math.Abs(extrapolated - row[order - 1]), Math.Abs(extrapolated - previous));
                previous = row[order];
                row[order] = extrapolated;
                if (change <= leastChange) (leastChange, best) = (change, extrapolated);
            }
        }

        plan.Value(node)[index] = value;
        return best;
    }

    private static double Loss(Plan<double> plan, Node loss, Node node, int index, double value)
    {
        plan.Value(node)[index] = value;
        plan.Forward();
        return plan.Value(loss)[0];
    }

    private static int[] Choose(int count, int most, RandomStream random)
    {
        var places = Enumerable.Range(0, count).ToArray();
        if (count <= most) return places;
        for (var i = 0; i < most; i++)
        {
            var other = i + random.NextInteger(count - i);
            (places[i], places[other]) = (places[other], places[i]);
        }

        return places[..most];
    }
}
