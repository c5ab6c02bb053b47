namespace QuantGrad.Autodiff;

/// <summary>What the check found for one parameter node.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Checked">How many of its values were checked.</param>
/// <param name="Count">How many values it has.</param>
/// <param name="MaxError">The largest relative error, |backward − difference| / max(|backward|, |difference|, rms of the group's gradient).</param>
/// <param name="WorstIndex">The place of the largest error in the parameter's values.</param>
/// <param name="Backward">The backpropagated derivative there.</param>
/// <param name="Difference">The difference quotient there.</param>
public sealed record GradientCheckGroup(string Parameter, int Checked, int Count, double MaxError, int WorstIndex, double Backward, double Difference)
{
    /// <summary>
    /// Values so near a kink (of a ReLU, of clipping) that differences cannot tell the derivative to the tolerance; what they do tell agrees, and they are not in
    /// <see cref="MaxError"/>. Where they are more than a quarter of those checked, they are in it.
    /// </summary>
    public int Unresolved { get; init; }
}

/// <summary>
/// The backpropagated gradient against central differences in double. The quotients are extrapolated to step zero (Ridders 1982), so that a
/// relative error of 1e-7 is resolved, and looked at twice near a kink (<see cref="DifferenceQuotient"/>); errors are measured against the group's own gradient,
/// so that a value of almost no slope adds no noise.
/// </summary>
public static class GradientCheck
{
    // Two computations that have nothing in common agree so far by being right, not by chance.
    private const double Agreement = 1e-8;

    // A difference that is known worse than this decides nothing, and one that contradicts beyond this many times its doubt is a contradiction.
    private const double MostDoubt = 1e-3;
    private const double DoubtFactor = 4;

    // A group whose slope is below this share of the whole gradient's has none but for rounding.
    private const double NoSlope = 1e-10;

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

        var whole = Optimizers.GradientNorm.Of<double>(plan.ParameterGradients) / Math.Sqrt(plan.ParameterGradients.Length);
        var floor = Math.Max(1e-12 * Math.Max(1, Math.Abs(plan.Value(loss)[0])), 1e-5 * whole);
        var groups = new List<GradientCheckGroup>();
        foreach (var node in plan.Graph.Parameters)
        {
            var chosen = Choose(gradients[node], valuesPerGroup, RandomStream.For(seed, node.Name));
            // A group of no slope at all (the key's bias in attention, which every score shares; the head's bias before a portfolio without a mean) is measured
            // against the whole gradient: its own is rounding, and so are its differences.
            var hasNoSlope = Optimizers.GradientNorm.Of<double>(gradients[node]) / Math.Sqrt(gradients[node].Length) < NoSlope * whole;
            if (plan.IsNeeded(node)) groups.Add(CheckGroup(plan, loss, node, gradients[node], chosen, hasNoSlope ? Math.Max(floor, whole) : floor));
        }

        plan.Forward();
        return groups;
    }

    private static GradientCheckGroup CheckGroup(Plan<double> plan, Node loss, Node node, ReadOnlySpan<double> gradient, int[] chosen, double floor)
    {
        var rms = Optimizers.GradientNorm.Of(gradient) / Math.Sqrt(gradient.Length);
        var quotient = new DifferenceQuotient(plan, loss);
        var worst = new GradientCheckGroup(node.Name, chosen.Length, gradient.Length, -1, 0, 0, 0);
        var (unresolved, worstUnresolved) = (0, worst);
        foreach (var index in chosen)
        {
            var backward = gradient[index];
            var scale = Math.Max(Math.Max(Math.Abs(backward), rms), floor);
            var difference = quotient.Quick(node, index, 1e-11 * scale);
            var doubt = 0.0;
            if (!(Math.Abs(backward - difference) <= Agreement * scale)) (difference, doubt) = quotient.Careful(node, index);
            var error = Math.Abs(backward - difference) / Math.Max(scale, Math.Abs(difference));
            if (double.IsNaN(error)) error = double.PositiveInfinity;
            var isUnresolved = error > Agreement && doubt <= MostDoubt * scale && Math.Abs(backward - difference) <= DoubtFactor * doubt;
            unresolved += isUnresolved ? 1 : 0;
            var found = worst with { MaxError = error, WorstIndex = index, Backward = backward, Difference = difference };
            if (isUnresolved && error > worstUnresolved.MaxError) worstUnresolved = found;
            if (!isUnresolved && error > worst.MaxError) worst = found;
        }

        // Kinks are rare; a group that is full of what differences cannot decide has not been checked.
        if (unresolved > Math.Max(1, chosen.Length / 4) && worstUnresolved.MaxError > worst.MaxError) worst = worstUnresolved;
        return worst with { MaxError = Math.Max(0, worst.MaxError), Unresolved = unresolved };
    }

    // Half of them have a slope, where there are so many: a table by symbol has rows that no bar looks at, which would hold whatever the others do.
    private static int[] Choose(double[] gradient, int most, RandomStream random)
    {
        var places = Enumerable.Range(0, gradient.Length).ToArray();
        if (places.Length <= most) return places;
        for (var i = 0; i < places.Length; i++)
        {
            var other = i + random.NextInteger(places.Length - i);
            (places[i], places[other]) = (places[other], places[i]);
        }

        var sloped = places.Where(place => gradient[place] != 0).Take(most / 2).ToArray();
        return [.. sloped, .. places.Except(sloped).Take(most - sloped.Length)];
    }
}
