namespace QuantGrad.Training;

/// <summary>
/// What a run tells while it works. Units are trained on several threads, so every member is called from several threads at once
/// and an implementation locks for itself. Nothing that is written to a result may depend on the order of these calls.
/// </summary>
public interface IRunProgress
{
    /// <summary>The plan is known and the run's folder exists.</summary>
    /// <param name="runFolder">The folder of the run.</param>
    /// <param name="units">Number of units, a unit being one (fold, seed).</param>
    /// <param name="finishedBefore">How many of them an earlier, interrupted run has left finished.</param>
    void PlanReady(string runFolder, int units, int finishedBefore);

    /// <summary>A unit begins to train.</summary>
    /// <param name="fold">Fold, from 0.</param>
    /// <param name="seed">Member of the ensemble, from 0.</param>
    void UnitStarted(int fold, int seed);

    /// <summary>An epoch is done.</summary>
    /// <param name="fold">Fold, from 0.</param>
    /// <param name="seed">Member of the ensemble, from 0.</param>
    /// <param name="epoch">Epoch, from 1.</param>
    /// <param name="epochs">The most epochs that the strategy file allows.</param>
    /// <param name="trainObjective">The objective on the train rows, higher is better (a Sharpe ratio for <c>loss: sharpe</c>).</param>
    /// <param name="validationObjective">The same on the validation rows; NaN without any.</param>
    void Epoch(int fold, int seed, int epoch, int epochs, double trainObjective, double validationObjective);

    /// <summary>A unit is trained and its result published.</summary>
    /// <param name="fold">Fold, from 0.</param>
    /// <param name="seed">Member of the ensemble, from 0.</param>
    /// <param name="epochs">Epochs trained.</param>
    /// <param name="trainObjective">The objective on the train rows with the weights kept.</param>
    /// <param name="validationObjective">The same on the validation rows; NaN without any.</param>
    void UnitFinished(int fold, int seed, int epochs, double trainObjective, double validationObjective);

    /// <summary>Something that the user should read: a stage begins, a warning about the data.</summary>
    /// <param name="text">One sentence.</param>
    void Message(string text);
}

/// <summary>Tells nobody.</summary>
public sealed class SilentProgress : IRunProgress
{
    /// <summary>The one instance.</summary>
    public static SilentProgress Instance { get; } = new();

    /// <inheritdoc/>
    public void PlanReady(string runFolder, int units, int finishedBefore)
    {
        // Silence is what this class is for; so below.
    }

    /// <inheritdoc/>
    public void UnitStarted(int fold, int seed)
    {
        // See PlanReady.
    }

    /// <inheritdoc/>
    public void Epoch(int fold, int seed, int epoch, int epochs, double trainObjective, double validationObjective)
    {
        // See PlanReady.
    }

    /// <inheritdoc/>
    public void UnitFinished(int fold, int seed, int epochs, double trainObjective, double validationObjective)
    {
        // See PlanReady.
    }

    /// <inheritdoc/>
    public void Message(string text)
    {
        // See PlanReady.
    }
}
