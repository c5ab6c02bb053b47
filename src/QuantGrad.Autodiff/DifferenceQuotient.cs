namespace QuantGrad.Autodiff;

/// <summary>
/// The derivative of a scalar in one parameter by differences, with what is not known about it. The quick estimate is Ridders' (1982): central differences at shrinking
/// steps, extrapolated to step zero. It is wrong where a kink (of a ReLU, of clipping) lies within its steps, and looks sure of itself. The careful one takes many more steps,
/// demands of an extrapolation that all finer steps agree with it, and looks for a jump between the slopes from either side that does not shrink with the step.
/// </summary>
/// <param name="plan">A plan whose inputs, constants and parameters are set.</param>
/// <param name="loss">A scalar node.</param>
internal sealed class DifferenceQuotient(Plan<double> plan, Node loss)
{
    private const double FirstStep = 1e-2;
    private const int QuickLevels = 10;
    private const int Levels = 16;
    private const int FirstFine = 9;

    // An extrapolation to a higher order than this gains nothing but the noise of more levels.
    private const int HighestOrder = 5;

    /// <summary>dL/dw: the tableau's entry that changed least, or the first one good enough.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="index">The value's place in it.</param>
    /// <param name="goodEnough">A change that ends the search.</param>
    public double Quick(Node parameter, int index, double goodEnough)
    {
        Span<double> row = stackalloc double[QuickLevels];
        var value = plan.Value(parameter)[index];
        var step = FirstStep * Math.Max(1, Math.Abs(value));
        var (best, leastChange) = (double.NaN, double.PositiveInfinity);
        for (var level = 0; level < QuickLevels && leastChange > goodEnough; level++, step /= 2)
        {
            var central = (At(parameter, index, value + step) - At(parameter, index, value - step)) / (value + step - (value - step));
            Extrapolate(row, central, level, QuickLevels, (entry, change) =>
            {
                if (change <= leastChange) (leastChange, best) = (change, entry);
            });
        }

        plan.Value(parameter)[index] = value;
        return best;
    }

    /// <summary>dL/dw, and how far it may be off: by steps too coarse, by rounding, or by a kink nearer than the finest step.</summary>
    public (double Derivative, double Uncertainty) Careful(Node parameter, int index)
    {
        var value = plan.Value(parameter)[index];
        var here = At(parameter, index, value);
        var noise = Noise(parameter, index, value);
        var (steps, central, jumps) = (new double[Levels], new double[Levels], new double[Levels]);
        for (var level = 0; level < Levels; level++)
        {
            var step = Math.ScaleB(FirstStep * Math.Max(1, Math.Abs(value)), -level);
            var (above, below) = (value + step - value, value - (value - step));
            var (up, down) = (At(parameter, index, value + step), At(parameter, index, value - step));
            steps[level] = step;
            central[level] = (up - down) / (above + below);
            jumps[level] = (up - here) / above - (here - down) / below;
        }

        plan.Value(parameter)[index] = value;
        var row = new double[Levels];
        var (best, least) = (double.NaN, double.PositiveInfinity);
        for (var level = 0; level < Levels; level++)
        {
            var at = level;
            Extrapolate(row, central[level], level, HighestOrder, (entry, change) =>
            {
                // What rounding leaves in the entry, and how far finer steps contradict it beyond their own rounding.
                var doubt = change + noise / steps[at];
                for (var finer = Math.Max(at, FirstFine); finer < Levels; finer++)
                    doubt = Math.Max(doubt, Math.Abs(entry - (4 * central[finer] - central[finer - 1]) / 3) - 3 * noise / steps[finer]);
                if (doubt <= least) (least, best) = (doubt, entry);
            });
        }

        // Of a smooth function the jump is as small as the step; what is left at step zero is a kink here.
        var kink = Math.Max(0, Math.Abs(2 * jumps[^1] - jumps[^2]) - 12 * noise / steps[^1]);
        return (best, least + kink);
    }

    // One more row of Neville's tableau in the squared step, each entry told with its change against its two parents.
    private static void Extrapolate(Span<double> row, double central, int level, int orders, Action<double, double> tell)
    {
        var previous = row[0];
        row[0] = central;
        var power = 1.0;
        for (var order = 1; order <= Math.Min(level, orders); order++)
        {
            power *= 4;
            var entry = (row[order - 1] * power - previous) / (power - 1);
            var change = Math.Max(Math.Abs(entry - row[order - 1]), Math.Abs(entry - previous));
            previous = row[order];
            row[order] = entry;
            tell(entry, change);
        }
    }

    // How far rounding throws the loss about: its third differences along steps too small for anything else to show (Hamming 1962; Moré and Wild 2011).
    private double Noise(Node parameter, int index, double value)
    {
        Span<double> losses = stackalloc double[10];
        for (var i = 0; i < losses.Length; i++) losses[i] = At(parameter, index, value + Math.ScaleB(Math.Max(1, Math.Abs(value)), -36) * i);
        var most = 0.0;
        for (var i = 3; i < losses.Length; i++) most = Math.Max(most, Math.Abs(losses[i] - 3 * losses[i - 1] + 3 * losses[i - 2] - losses[i - 3]));
        return most / Math.Sqrt(20) + Math.ScaleB(Math.Abs(losses[0]), -52);
    }

    private double At(Node parameter, int index, double value)
    {
        plan.Value(parameter)[index] = value;
        plan.Forward();
        return plan.Value(loss)[0];
    }
}
