namespace QuantGrad.Training;

/// <summary>
/// Decides when to stop and which weights to keep. The validation curve is smoothed (one year's Sharpe has a standard error of 1), the first epochs are not
/// looked at, and an epoch must beat the best smoothed value to be kept.
/// </summary>
/// <param name="burnIn">Epochs before looking.</param>
/// <param name="patience">Epochs without a better value after which to stop; 0 never stops.</param>
/// <param name="smoothing">Weight of the past in the smoothed curve, in [0, 1); 0 looks at each value by itself.</param>
internal sealed class EarlyStopping(int burnIn, int patience, double smoothing)
{
    private double smoothed = double.NaN;
    private double best = double.NegativeInfinity;

    /// <summary>The epoch to keep, from 1.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Looks at an epoch; one that is not finite is passed over.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="objective">Validation objective, higher is better.</param>
    /// <returns>Whether this epoch's weights are the best so far.</returns>
    public bool IsBest(int epoch, double objective)
    {
        if (!double.IsFinite(objective)) return false;
        smoothed = double.IsNaN(smoothed) ? objective : (1 - smoothing) * objective + smoothing * smoothed;
        if (epoch <= burnIn || !(smoothed > best)) return false;
        best = smoothed;
        BestEpoch = epoch;
        return true;
    }

    /// <summary>Whether patience has run out at an epoch.</summary>
    public bool ShouldStop(int epoch) => patience > 0 && epoch > burnIn && epoch - Math.Max(BestEpoch, burnIn) >= patience;
}
