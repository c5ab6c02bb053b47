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
/// <param name="GradientClipValue">The largest |value| of the gradient, clipped before its length is; null does not clip.</param>
/// <param name="WeightDecay">λ of the weight decay: decoupled for <c>adamw</c> and <c>lion</c>, else an L2 penalty; 0 for none.</param>
/// <param name="WeightAverage">Whether an average of the weights along the descent is validated and kept instead of the weights.</param>
/// <param name="AverageDecay">Weight of the past in <see cref="AverageKind.Ema"/>, an epoch, in [0, 1).</param>
/// <param name="Batch">Bars of the blocks that go through the model one after another; null takes the window whole. The gradient is the same.</param>
/// <param name="Augment">What is trained on beside the rows as they are.</param>
/// <param name="CostWarmUp">Epochs over which the costs in training rise evenly from 0 to their full size; 0 for full costs from the first. Validation has full costs.</param>
/// <param name="ValidationSmoothing">Weight of the past in the smoothed validation curve that early stopping looks at, in [0, 1); 0 does not smooth.</param>
/// <param name="OnDivergence">What is done where the loss or its gradient is not finite, or explodes.</param>
/// <param name="Search">What the descent of a rule is compared with.</param>
/// <param name="SearchPoints">Parameter sets that the search evaluates at most, at least 1.</param>
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
    double? GradientClipValue,
    double WeightDecay,
    AverageKind WeightAverage,
    double AverageDecay,
    int? Batch,
    AugmentSettings Augment,
    int CostWarmUp,
    double ValidationSmoothing,
    DivergenceAnswer OnDivergence,
    SearchKind Search,
    int SearchPoints)
{
    /// <summary>The optimiser's own settings.</summary>
    public OptimizerSettings ToOptimizer() => new(Optimizer) { WeightDecay = WeightDecay, ClipNorm = GradientClip ?? 0, ClipValue = GradientClipValue ?? 0 };

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

/// <summary>Rows that are made up from the train rows, in training alone.</summary>
/// <param name="Mirror">
/// Whether each step goes down the mean of two gradients: of the market as it was, and of the market upside down, whose returns and scaled features have the other sign.
/// </param>
/// <param name="Noise">Standard deviation of normal noise on the scaled features, drawn anew each epoch, at least 0.</param>
public sealed record AugmentSettings(bool Mirror, double Noise);

/// <summary>Which average of the weights is kept.</summary>
public enum AverageKind
{
    /// <summary>None: the weights themselves.</summary>
    None,

    /// <summary>Exponentially falling weight of the past.</summary>
    Ema,

    /// <summary>All epochs behind the burn-in alike (stochastic weight averaging).</summary>
    Swa,
}

/// <summary>The answer to a divergence.</summary>
public enum DivergenceAnswer
{
    /// <summary>The run stops, with a message that suggests a smaller rate.</summary>
    Stop,

    /// <summary>From the last good weights it goes on with half the learning rate.</summary>
    HalveRate,
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
