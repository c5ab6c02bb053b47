using QuantGrad.Training;

namespace QuantGrad.Tests.Training;

/// <summary>What the settings of training do to a descent.</summary>
public sealed class DescentTests
{
    [Theory]
    [InlineData("training.seeds=2")]
    [InlineData("training={ epochs: 12, batch: 100, augment: { mirror: true, noise: 0.1 }, cost_warm_up: 5, weight_average: ema, gradient_clip_value: 0.5, schedule: reduce_on_plateau }")]
    [InlineData("objective.loss={ sharpe: 1, cvar: 0.2, pooled_sharpe: 0.5, differential_sharpe: 0.1, mse: 0.1 }")]
    public void Epoch_AfterTheFirst_AllocatesNothing(string setting)
    {
        var counter = new AllocationCounter();
        SmallWindow.Train((strategy, periods) => new UnitTrainer(strategy, periods, counter), setting);
        Assert.True(counter.Bytes.Count > 4);

        // The runtime may compile a method again or trim a pool in an epoch or two; what an epoch allocates itself it would allocate in every one.
        var epochs = counter.Bytes.Skip(2).Zip(counter.Bytes.Skip(3), (before, after) => after - before).Order().ToArray();
        Assert.Equal(0, epochs[epochs.Length / 2]);
    }

    [Fact]
    public void CostWarmUp_FirstEpochs_ChargeAShareOfTheCosts()
    {
        string[] costly = ["costs.commission_bps=100", "training.epochs=6", "training.learning_rate=1e-9", "model.network.layers=[]"];
        var full = SmallWindow.Train(costly).TrainObjective;
        var warm = SmallWindow.Train([.. costly, "training.cost_warm_up=4"]).TrainObjective;
        var free = SmallWindow.Train([.. costly, "costs={ commission_bps: 0, spread_bps: 0, slippage_bps: 0, borrow_bps_per_year: 0 }"]).TrainObjective;
        Assert.Equal(free[0], warm[0]);
        for (var epoch = 1; epoch < 4; epoch++) Assert.InRange(warm[epoch], full[epoch] - 1e-6, warm[epoch - 1]);
        Assert.Equal(full[5], warm[5], 1e-3);
    }

    [Fact]
    public void Validation_WithCostWarmUp_IsAtFullCost()
    {
        var plain = SmallWindow.Train("training.epochs=1");
        var warm = SmallWindow.Train("training.epochs=1", "training.cost_warm_up=10", "training.learning_rate=0.01");
        Assert.NotEqual(plain.TrainObjective[0], warm.TrainObjective[0] + 1); // both are finite
        Assert.Equal(plain.ValidationObjective[0], warm.ValidationObjective[0], 0.5);
    }

    public static TheoryData<string, string> LossesAndBatches =>
        [.. from loss in Enum.GetValues<QuantGrad.Strategies.Loss>() from batch in new[] { "whole", "150" } select (QuantGrad.Strategies.FileNaming.Instance.ConvertName(loss.ToString()), batch)];

    [Theory, MemberData(nameof(LossesAndBatches))]
    public void EveryLoss_WholeOrInBlocks_IsLowered(string loss, string batch)
    {
        var unit = SmallWindow.Train($"objective.loss={loss}", $"training.batch={batch}", "training.epochs=30", "training.early_stopping=0", "model.network.layers=[{dense: 4}]");
        Assert.True(unit.TrainObjective[^1] > unit.TrainObjective[0], $"{unit.TrainObjective[0]} to {unit.TrainObjective[^1]}");
        Assert.All(unit.Parameters, weight => Assert.True(float.IsFinite(weight)));
    }

    [Theory, InlineData("ema"), InlineData("swa")]
    public void WeightAverage_OfAStraightWay_LagsBehind(string kind)
    {
        string[] settings = ["training={ optimizer: gradient_descent, learning_rate: 1e-5, epochs: 10, burn_in: 0, early_stopping: 0, validation_smoothing: 0 }", "model.network.layers=[]"];
        var plain = SmallWindow.Train([.. settings, "walk_forward.validation=0"]);
        var averaged = SmallWindow.Train([.. settings, $"training.weight_average={kind}", "walk_forward.validation=0"]);
        var first = SmallWindow.Train([.. settings, "training.epochs=1", "walk_forward.validation=0"]);
        var (way, lag) = (plain.Parameters[0] - first.Parameters[0], plain.Parameters[0] - averaged.Parameters[0]);
        Assert.InRange(lag / way, 0.3, 0.8);
    }

    [Fact]
    public void Mirror_TrendUpwards_TakesTheDriftAway()
    {
        // A model of its bias alone can only be long or short; upside down the drift is gone, and so is its reason.
        string[] settings = ["model.network.layers=[]", "training={ optimizer: gradient_descent, learning_rate: 0.01, epochs: 40, early_stopping: 0 }", "features={ one: close - close + 1 }"];
        Assert.True(Math.Abs(SmallWindow.Train(settings).Parameters[^1]) > 20 * Math.Abs(SmallWindow.Train([.. settings, "training.augment.mirror=true"]).Parameters[^1]));
    }

    [Fact]
    public void Noise_OnFeatures_ChangesTheDescentAndIsTheSameAgain()
    {
        var plain = SmallWindow.Train();
        var noisy = SmallWindow.Train("training.augment.noise=0.5");
        Assert.NotEqual(plain.Parameters, noisy.Parameters);
        Assert.Equal(noisy.Parameters, SmallWindow.Train("training.augment.noise=0.5").Parameters);
        Assert.Equal(plain.Parameters, SmallWindow.Train("training.augment.noise=0").Parameters);
    }

    [Fact]
    public void Divergence_Stop_NamesFoldEpochAndASmallerRate()
    {
        var fault = Assert.Throws<UsageException>(() => SmallWindow.Train("training={ optimizer: gradient_descent, learning_rate: 10, epochs: 300, gradient_clip: none, weight_decay: 0.9, early_stopping: 0 }"));
        Assert.Matches("^Fold 0, seed 0: training diverged in epoch [0-9]+ \\(.*\\); try training.learning_rate 3.3, or training.on_divergence: halve_rate.$", fault.Message);
        Assert.Equal(2, fault.ExitCode);
    }

    [Fact]
    public void Divergence_HalveRate_GoesOnFromTheLastGoodWeights()
    {
        var told = new Listener();
        var unit = SmallWindow.Train(told, "training={ optimizer: gradient_descent, learning_rate: 10, epochs: 300, gradient_clip: none, weight_decay: 0.9, early_stopping: 0, on_divergence: halve_rate }");
        Assert.NotEmpty(unit.RateHalved);
        Assert.Equal(unit.RateHalved.Length, told.Messages.Count);
        Assert.Matches("^Fold 0, seed 0: epoch [0-9]+ diverged \\(.*\\); going on from the last good weights with half the learning rate, 5.$", told.Messages[0]);
        Assert.All(unit.RateHalved, epoch => Assert.True(double.IsNaN(unit.TrainObjective[epoch - 1])));
        Assert.All(unit.Parameters, weight => Assert.True(float.IsFinite(weight)));
        Assert.Equal(300, unit.Epochs);
    }

    [Fact]
    public void Divergence_RunsAwayForSomeEpochs_GoesBackToBeforeThat()
    {
        // Seven layers without a bend: the weights grow by and by to 1e20 before a number breaks.
        var told = new Listener();
        var layers = string.Join(", ", Enumerable.Repeat("{dense: 32, activation: identity}", 6));
        var unit = SmallWindow.Train(told, $"model.network.layers=[{{dense: 32, activation: softplus}}, {layers}]", "objective.loss=log_utility",
            "training={ optimizer: gradient_descent, learning_rate: 10, epochs: 40, gradient_clip: none, early_stopping: 0, on_divergence: halve_rate }");
        Assert.Equal(40, unit.Epochs);
        Assert.NotEmpty(unit.RateHalved);
        Assert.All(unit.Parameters, weight => Assert.InRange(weight, -1e6f, 1e6f));
    }

    [Fact]
    public void Validation_OfOneBar_IsSaidToChooseNothing()
    {
        var told = new Listener();
        SmallWindow.Train(told, "walk_forward.validation=1b", "training.epochs=2", "training.burn_in=0");
        Assert.StartsWith("Fold 0: fewer than 2 bars of its validation window have an outcome", Assert.Single(told.Messages), StringComparison.Ordinal);
    }

    /// <summary>Notes what has been allocated by the end of every epoch.</summary>
    private sealed class AllocationCounter : IRunProgress
    {
        public List<long> Bytes { get; } = new(1000);

        public void PlanReady(string runFolder, int units, int finishedBefore) => throw new NotSupportedException();

        public void UnitStarted(int fold, int seed) => throw new NotSupportedException();

        public void Epoch(int fold, int seed, int epoch, int epochs, double trainObjective, double validationObjective) => Bytes.Add(GC.GetAllocatedBytesForCurrentThread());

        public void UnitFinished(int fold, int seed, int epochs, double trainObjective, double validationObjective) => throw new NotSupportedException();

        public void Message(string text) => throw new NotSupportedException();
    }

    private sealed class Listener : IRunProgress
    {
        public List<string> Messages { get; } = [];

        public void PlanReady(string runFolder, int units, int finishedBefore) => throw new NotSupportedException();

        public void UnitStarted(int fold, int seed) => throw new NotSupportedException();

        public void Epoch(int fold, int seed, int epoch, int epochs, double trainObjective, double validationObjective) => Assert.True(double.IsFinite(trainObjective));

        public void UnitFinished(int fold, int seed, int epochs, double trainObjective, double validationObjective) => throw new NotSupportedException();

        public void Message(string text) => Messages.Add(text);
    }
}
