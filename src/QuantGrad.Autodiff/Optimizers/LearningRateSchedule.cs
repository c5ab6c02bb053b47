namespace QuantGrad.Autodiff.Optimizers;

/// <summary>The learning rate's factor as a pure function of the epoch (or step) and the validation history.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>What the base rate is multiplied by.</summary>
    /// <param name="step">The epoch or step, from 0.</param>
    /// <param name="total">How many there will be, at least 1.</param>
    /// <param name="losses">The validation losses so far, lower is better; only <see cref="ReduceOnPlateau"/> reads them.</param>
    public abstract double Factor(int step, int total, ReadOnlySpan<double> losses = default);

    /// <summary>How far the training has come: 0 at the first step, 1 at the last.</summary>
    protected static double Progress(int step, int total) => total <= 1 ? 0 : Math.Min(1, step / (double)(total - 1));
}

/// <summary>Always 1.</summary>
public sealed record ConstantSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(int step, int total, ReadOnlySpan<double> losses = default) => 1;
}

/// <summary>Falls by a factor every so many steps.</summary>
/// <param name="Every">Steps between falls, at least 1.</param>
/// <param name="By">The factor of each fall.</param>
public sealed record StepSchedule(int Every, double By = 0.5) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(int step, int total, ReadOnlySpan<double> losses = default) => Math.Pow(By, step / Every);
}

/// <summary>Falls evenly on a logarithmic scale to its last value.</summary>
/// <param name="Last">The factor at the last step, above 0.</param>
public sealed record ExponentialSchedule(double Last = 0.01) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(int step, int total, ReadOnlySpan<double> losses = default) => Math.Pow(Last, Progress(step, total));
}

/// <summary>Half a cosine from 1 down to its last value (Loshchilov and Hutter 2017, eq. 5).</summary>
/// <param name="Last">The factor at the last step.</param>
public sealed record CosineSchedule(double Last = 0.01) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(int step, int total, ReadOnlySpan<double> losses = default) =>
        Last + (1 - Last) * 0.5 * (1 + Math.Cos(Math.PI * Progress(step, total)));
}

/// <summary>Up along half a cosine to 1, then down along another to almost nothing (Smith and Topin 2019).</summary>
/// <param name="RiseShare">The share of the steps that rise.</param>
/// <param name="First">The factor at the first step.</param>
/// <param name="Last">The factor at the last step.</param>
public sealed record OneCycleSchedule(double RiseShare = 0.3, double First = 0.04, double Last = 1e-4) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(int step, int total, ReadOnlySpan<double> losses = default)
    {
        var progress = Progress(step, total);
        var (from, to, along) = progress < RiseShare ? (First, 1.0, progress / RiseShare) : (1.0, Last, (progress - RiseShare) / (1 - RiseShare));
        return to + (from - to) * 0.5 * (1 + Math.Cos(Math.PI * along));
    }
}

/// <summary>Rises evenly over the first steps, then hands over to another schedule for the rest.</summary>
/// <param name="Steps">The steps of the rise.</param>
/// <param name="Then">The schedule afterwards, which counts from its own zero.</param>
public sealed record WarmUpSchedule(int Steps, LearningRateSchedule Then) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(int step, int total, ReadOnlySpan<double> losses = default) =>
        step < Steps ? (step + 1.0) / (Steps + 1) : Then.Factor(step - Steps, Math.Max(1, total - Steps), losses);
}

/// <summary>Falls by a factor each time that the validation loss has not improved for so many steps.</summary>
/// <param name="Patience">Steps without improvement, at least 1.</param>
/// <param name="By">The factor of each fall.</param>
/// <param name="Least">The least factor.</param>
public sealed record ReduceOnPlateau(int Patience = 10, double By = 0.5, double Least = 1e-3) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(int step, int total, ReadOnlySpan<double> losses = default)
    {
        var (best, waited, factor) = (double.PositiveInfinity, 0, 1.0);
        foreach (var loss in losses)
        {
            waited++;
            if (loss < best) (best, waited) = (loss, 0);
            if (waited < Patience) continue;
            factor *= By;
            waited = 0;
        }

        return Math.Max(factor, Least);
    }
}
