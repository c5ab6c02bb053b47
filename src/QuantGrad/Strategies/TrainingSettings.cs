using QuantGrad.Autodiff.Optimizers;

namespace QuantGrad.Strategies;

/// <summary>How the objective is maximised.</summary>
/// <param name="Optimizer">The rule of descent.</param>
/// <param name="LearningRate">Greater than 0.</param>
/// <param name="Schedule">How the rate changes over the epochs.</param>
/// <param name="StepEvery">Epochs between two falls of <see cref="Schedule.Step"/>.</param>
/// <param name="WarmUp">Epochs over which the rate rises evenly before the schedule begins; 0 for none.</param>
/// <param name="Epochs">The most passes over the train rows.</param>
/// <param name="EarlyStopping">Epochs without a better validation objective after which training stops; 0 never stops.</param>
/// <param name="BurnIn">Epochs before early stopping begins to look.</param>
/// <param name="Seeds">Models trained per fold, whose outputs are averaged.</param>
/// <param name="GradientClip">The longest gradient (Euclidean norm); null does not clip.</param>
/// <param name="WeightDecay">λ of the weight decay: decoupled for <c>adamw</c> and <c>lion</c>, else an L2 penalty; 0 for none.</param>
public sealed record TrainingSettings(
    OptimizerKind Optimizer,
    double LearningRate,
    Schedule Schedule,
    int StepEvery,
    int WarmUp,
    int Epochs,
    int EarlyStopping,
    int BurnIn,
    int Seeds,
    double? GradientClip,
    double WeightDecay)
{
    /// <summary>The optimiser's own settings.</summary>
    public OptimizerSettings ToOptimizer() => new(Optimizer) { WeightDecay = WeightDecay, ClipNorm = GradientClip ?? 0 };

    /// <summary>The factor of the learning rate by epoch.</summary>
    public LearningRateSchedule ToSchedule()
    {
        LearningRateSchedule schedule = Schedule switch
        {
            Schedule.Step => new StepSchedule(StepEvery),
            Schedule.Exponential => new ExponentialSchedule(),
            Schedule.Cosine => new CosineSchedule(),
            Schedule.OneCycle => new OneCycleSchedule(),
            Schedule.ReduceOnPlateau => new ReduceOnPlateau(),
            _ => new ConstantSchedule(),
        };
        return WarmUp > 0 ? new WarmUpSchedule(WarmUp, schedule) : schedule;
    }
}

/// <summary>How the learning rate changes over the epochs.</summary>
public enum Schedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It halves every so many epochs.</summary>
    Step,

    /// <summary>It falls evenly on a logarithmic scale to a hundredth.</summary>
    Exponential,

    /// <summary>Half a cosine down to a hundredth.</summary>
    Cosine,

    /// <summary>Up along half a cosine, then down along another.</summary>
    OneCycle,

    /// <summary>It halves each time that the validation objective has not improved for ten epochs.</summary>
    ReduceOnPlateau,
}
