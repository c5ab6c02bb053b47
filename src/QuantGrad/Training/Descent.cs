using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Autodiff.Optimizers;
using QuantGrad.Strategies;

namespace QuantGrad.Training;

/// <summary>What a descent found. Curves have a value an epoch, higher is better; NaN where the epoch diverged, or without a validation window.</summary>
/// <param name="Parameters">The weights kept.</param>
/// <param name="BestEpoch">Their epoch, from 1; 0 keeps the first weights.</param>
/// <param name="TrainObjective">Minus the train loss.</param>
/// <param name="ValidationObjective">Minus the validation loss.</param>
/// <param name="GradientNorm">Before clipping.</param>
/// <param name="RateHalved">The epochs that diverged and were answered by half the learning rate.</param>
internal sealed record DescentResult(float[] Parameters, int BestEpoch, double[] TrainObjective, double[] ValidationObjective, double[] GradientNorm, int[] RateHalved);

/// <summary>
/// One descent from the weights that the train loss holds: a step an epoch down the gradient of the whole window, until the epochs are over or the validation
/// objective has stopped to improve. An epoch allocates nothing.
/// </summary>
/// <param name="settings">How.</param>
/// <param name="costs">The costs at their full size.</param>
/// <param name="train">The loss that is minimised; holds the first weights.</param>
/// <param name="validation">The loss that decides which weights are kept, or null: then the last ones are.</param>
/// <param name="seed">Of dropout and noise.</param>
internal sealed class Descent(TrainingSettings settings, TradingCosts costs, WindowLoss<float> train, WindowLoss<float>? validation, ulong seed)
{
    /// <summary>After so many halvings of the rate a descent gives up.</summary>
    public const int MostHalvings = 10;

    private readonly double[] trainCurve = new double[settings.Epochs];
    private readonly double[] validationCurve = new double[settings.Epochs];
    private readonly double[] losses = new double[settings.Epochs];
    private readonly double[] norms = new double[settings.Epochs];
    private readonly Optimizer<float> optimizer = settings.ToOptimizer().Build<float>(train.Parameters.Length);
    private readonly WeightAverage<float>? average = settings.WeightAverage == AverageKind.None ? null
        : new WeightAverage<float>(train.Parameters.Length, settings.WeightAverage == AverageKind.Ema ? settings.AverageDecay : null);
    private readonly float[] mirrored = settings.Augment.Mirror ? new float[train.Parameters.Length] : [];
    private readonly float[] descending = train.Graph.Usable is null ? [] : new float[train.Parameters.Length];
    private readonly float[] measured = train.Graph.Usable is null ? [] : new float[train.Parameters.Length];
    private readonly int burnIn = Math.Min(settings.BurnIn, settings.Epochs / 2);

    /// <summary>Called after each epoch with its train and validation objective.</summary>
    public Action<int, double, double>? AfterEpoch { get; init; }

    /// <summary>Called where the rate is halved, with a sentence for the user.</summary>
    public Action<string>? Halved { get; init; }

    /// <summary>Descends.</summary>
    /// <exception cref="UsageException">The descent diverged and the settings say stop, or halving the rate did not help.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, before an epoch.</exception>
    public DescentResult Run(CancellationToken cancellation)
    {
        var schedule = settings.ToSchedule();
        var stopping = new EarlyStopping(burnIn, settings.EarlyStopping, settings.ValidationSmoothing);
        var divergence = new Divergence(settings.Epochs);
        var best = train.Parameters.ToArray();
        var good = train.Parameters.ToArray();
        var (halvings, share, epoch) = (new List<int>(), 1.0, 0);
        while (epoch < settings.Epochs && !(validation is not null && stopping.ShouldStop(epoch)))
        {
            cancellation.ThrowIfCancellationRequested();
            epoch++;
            if (settings.CostWarmUp > 0) train.BindCosts(costs.Times(Math.Min(1, (epoch - 1.0) / settings.CostWarmUp)));
            var loss = Differentiate(new Pass(Training: true, RandomStream.At(seed, (ulong)epoch), Noise: settings.Augment.Noise));
            norms[epoch - 1] = GradientNorm.Of<float>(train.Gradients);
            trainCurve[epoch - 1] = -loss;
            if (divergence.Notice(loss, norms[epoch - 1]) is { } fault)
            {
                halvings.Add(epoch);
                share /= 2;
                Halve(fault, halvings, settings.LearningRate * share);
                good.CopyTo(train.Parameters);
                trainCurve[epoch - 1] = validationCurve[epoch - 1] = norms[epoch - 1] = double.NaN;
                losses[epoch - 1] = double.PositiveInfinity;
                continue;
            }

            // Not simply the last ones: a descent may run away for some epochs before it is noticed.
            if (divergence.IsUsual(norms[epoch - 1])) train.Parameters.CopyTo(good);
            var factor = schedule.Factor(epoch - 1, settings.Epochs, losses.AsSpan(0, epoch - 1));
            optimizer.Step(train.Parameters, train.Gradients, settings.LearningRate * share * factor);
            var weights = WithMoments(Averaged(epoch), RandomStream.At(seed, (ulong)epoch));
            validationCurve[epoch - 1] = Validate(weights);
            losses[epoch - 1] = validation is null ? loss : -validationCurve[epoch - 1];
            if (validation is null ? double.IsFinite(GradientNorm.Of(weights)) : stopping.IsBest(epoch, validationCurve[epoch - 1])) weights.CopyTo(best);
            AfterEpoch?.Invoke(epoch, trainCurve[epoch - 1], validationCurve[epoch - 1]);
        }

        return new DescentResult(best, validation is null ? epoch : stopping.BestEpoch, trainCurve[..epoch], validationCurve[..epoch], norms[..epoch], [.. halvings]);
    }

    // With mirrored returns the step goes down the mean of both gradients; the loss told is of the market as it was.
    private double Differentiate(in Pass pass)
    {
        if (!settings.Augment.Mirror) return train.Differentiate(pass);
        train.Differentiate(pass with { Mirrored = true });
        train.Gradients.CopyTo(mirrored);
        var loss = train.Differentiate(pass);
        var gradients = train.Gradients;
        for (var i = 0; i < mirrored.Length; i++) gradients[i] = 0.5f * (gradients[i] + mirrored[i]);
        return loss;
    }

    // Equal weights begin behind the burn-in, where the descent has found its valley; falling weights forget the beginning by themselves.
    private ReadOnlySpan<float> Averaged(int epoch)
    {
        if (average is null || (settings.WeightAverage == AverageKind.Swa && epoch <= burnIn)) return train.Parameters;
        average.Include(train.Parameters);
        return average.Value;
    }

    // Batch normalisation keeps the moments that the very weights to be kept have on the train rows as they are: not those of the step before, of noise, or averaged.
    private ReadOnlySpan<float> WithMoments(ReadOnlySpan<float> weights, ulong seedOfPass)
    {
        if (train.Graph.Usable is null) return weights;
        train.Parameters.CopyTo(descending);
        weights.CopyTo(train.Parameters);
        train.Evaluate(new Pass(Training: true, seedOfPass));
        train.Model.KeepBatchStatistics();
        train.Parameters.CopyTo(measured);
        descending.CopyTo(train.Parameters);
        return measured;
    }

    private double Validate(ReadOnlySpan<float> weights)
    {
        if (validation is null) return double.NaN;
        weights.CopyTo(validation.Parameters);
        return -validation.Evaluate(Pass.Evaluation);
    }

    private void Halve(string fault, List<int> halvings, double rate)
    {
        var epoch = halvings[^1];
        if (settings.OnDivergence == DivergenceAnswer.Stop)
        {
            throw new UsageException(FormattableString.Invariant(
                $"training diverged in epoch {epoch} ({fault}); try training.learning_rate {settings.LearningRate / 3:g2}, or training.on_divergence: halve_rate."));
        }

        if (epoch == 1 || halvings.Count > MostHalvings)
        {
            var reason = epoch == 1 ? "with its first weights, which a smaller rate cannot mend" : FormattableString.Invariant($"though the rate was halved {MostHalvings} times");
            throw new UsageException(FormattableString.Invariant($"training diverged in epoch {epoch} ({fault}) {reason}; look at the features, or try training.gradient_clip: 1."));
        }

        optimizer.Reset();
        average?.Reset();
        Halved?.Invoke(FormattableString.Invariant($"epoch {epoch} diverged ({fault}); going on from the last good weights with half the learning rate, {rate:g3}"));
    }
}
