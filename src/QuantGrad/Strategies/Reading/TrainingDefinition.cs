using QuantGrad.Autodiff.Optimizers;

namespace QuantGrad.Strategies.Reading;

/// <summary>The section <c>training</c>.</summary>
internal static class TrainingDefinition
{
    /// <summary>Reads the section.</summary>
    /// <param name="training">The section.</param>
    /// <param name="isRule">Whether a rule is trained, whose few parameters take longer steps and which is not averaged over seeds.</param>
    public static TrainingSettings Read(SettingsReader training, bool isRule) => new(
        training.Choice("optimizer", OptimizerKind.Adam, "The rule of descent."),
        training.Number("learning_rate", isRule ? 0.1 : 0.003, Interval.Above(0).AtMost(10), "The length of a step; 0.1 by default for a rule.", "a rate of 0 would learn nothing"),
        training.Choice("schedule", Schedule.Constant, "How the rate changes over the epochs."),
        training.Whole("step_every", 50, 1, 1_000_000, "Epochs between two falls of schedule: step."),
        training.Whole("warm_up", 0, 0, 1_000_000, "Epochs over which the rate rises evenly before the schedule begins."),
        training.Whole("epochs", 200, 1, 1_000_000, "The most passes over the train rows."),
        training.Whole("early_stopping", 25, 0, 1_000_000, "Epochs without a better validation objective after which training stops; 0 never stops."),
        training.Whole("burn_in", 10, 0, 1_000_000, "Epochs before early stopping begins to look."),
        training.Whole("seeds", isRule ? 1 : 5, 1, 1000, "Models trained per fold, whose outputs are averaged; 1 by default for a rule."),
        training.NumberOr("gradient_clip", 1, "none", Interval.Above(0), whole: false, "The longest gradient (Euclidean norm)."),
        training.NumberOr("gradient_clip_value", null, "none", Interval.Above(0), whole: false, "The largest value of the gradient, clipped before its length is."),
        training.Number("weight_decay", 0, Interval.AtLeast(0).Below(1), "Weight decay: decoupled for adamw and lion, else an L2 penalty."),
        training.Choice("weight_average", AverageKind.None, "Whether an average of the weights along the descent is kept: ema forgets slowly, swa weighs all epochs behind the burn-in alike."),
        training.Number("average_decay", 0.9, Interval.AtLeast(0).Below(1), "Weight of the past in weight_average: ema, an epoch."),
        (int?)training.NumberOr("batch", null, "whole", Interval.AtLeast(1).AtMost(100_000_000), whole: true, "Bars of the blocks that go through the model one after another; the gradient is that of the whole window."),
        training.Section("augment", "Rows made up from the train rows.", augment => new AugmentSettings(
            augment.Flag("mirror", false, "Whether the market upside down is trained on too: returns and scaled features with the other sign."),
            augment.Number("noise", 0, Interval.AtLeast(0).AtMost(10), "Standard deviation of normal noise on the scaled features."))),
        training.Whole("cost_warm_up", 0, 0, 1_000_000, "Epochs over which the costs in training rise evenly from 0 to their full size."),
        training.Number("validation_smoothing", 0.7, Interval.AtLeast(0).Below(1), "Weight of the past in the smoothed validation curve that early stopping looks at."),
        training.Choice("on_divergence", DivergenceAnswer.Stop, "What is done where the loss or its gradient is not finite, or explodes."),
        training.Choice("search", SearchKind.None, "What the descent of a rule is compared with: a grid or random points of its box, hardened, on the same windows."),
        training.Whole("search_points", 1000, 1, 1_000_000, "Parameter sets that the search evaluates at most."));
}
