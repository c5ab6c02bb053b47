namespace QuantGrad.Training;

/// <summary>
/// Notices that a descent has left the ground: a loss or gradient that is not finite, or a gradient whose norm is more than <see cref="Explosion"/> times the median
/// of the usual norms before it, once there are <see cref="Least"/> of them.
/// </summary>
/// <param name="epochs">The most epochs that there will be.</param>
internal sealed class Divergence(int epochs)
{
    /// <summary>How many times its usual size a gradient may grow.</summary>
    public const double Explosion = 1e6;

    /// <summary>Norms before the median means something.</summary>
    public const int Least = 5;

    private const double Usual = 10;

    private readonly double[] sorted = new double[epochs];
    private int count;

    private double Median => count == 0 ? 0 : sorted[count / 2];

    /// <summary>Whether a norm is of the size that the descent has had: weights with such a gradient have not begun to run away.</summary>
    public bool IsUsual(double norm) => norm <= Usual * Median;

    /// <summary>Looks at an epoch before its step is taken.</summary>
    /// <returns>Null where all is well, else what is wrong.</returns>
    public string? Notice(double loss, double norm)
    {
        if (!double.IsFinite(loss)) return "the loss is not finite";
        if (!double.IsFinite(norm)) return "the gradient is not finite";
        if (count >= Least && Median > 0 && norm > Explosion * Median)
            return FormattableString.Invariant($"the gradient's norm {norm:g3} is more than {Explosion:g0} times its median so far, {Median:g3}");
        if (count >= Least && !IsUsual(norm)) return null; // a flight must not raise what is usual
        var place = Array.BinarySearch(sorted, 0, count, norm);
        if (place < 0) place = ~place;
        Array.Copy(sorted, place, sorted, place + 1, count - place);
        sorted[place] = norm;
        count++;
        return null;
    }
}
