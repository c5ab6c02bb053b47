using QuantGrad.Autodiff.Optimizers;
using QuantGrad.Strategies;

namespace QuantGrad.Training;

/// <summary>From the words of the strategy file to the optimiser and schedule of the engine.</summary>
internal static class DescentRules
{
    public static OptimizerSettings Optimizer(TrainingSettings settings) => new(settings.Optimizer switch
    {
        Strategies.Optimizer.Sgd => OptimizerKind.GradientDescent,
        Strategies.Optimizer.Momentum => OptimizerKind.Momentum,
        _ => settings.WeightDecay > 0 ? OptimizerKind.AdamW : OptimizerKind.Adam,
    })
    {
        ClipNorm = settings.GradientClip ?? 0,
        WeightDecay = settings.WeightDecay,
    };

    public static LearningRateSchedule Schedule(TrainingSettings settings) => settings.Schedule switch
    {
        Strategies.Schedule.Cosine => new CosineSchedule(),
        _ => new ConstantSchedule(),
    };
}
