namespace QuantGrad.Training;

/// <summary>How a window's rows go through the model once.</summary>
/// <param name="Training">Whether dropout and its like are on.</param>
/// <param name="Seed">Of everything that is drawn in the pass.</param>
/// <param name="Mirrored">
/// Whether the market is turned upside down: returns change their sign, and so do the scaled features (a feature above its mean by so many deviations is as far below it).
/// </param>
/// <param name="Noise">Standard deviation of the normal noise added to the scaled features; 0 for none.</param>
internal readonly record struct Pass(bool Training, ulong Seed, bool Mirrored = false, double Noise = 0)
{
    /// <summary>Nothing is drawn or changed: validation and testing.</summary>
    public static Pass Evaluation => default;
}
