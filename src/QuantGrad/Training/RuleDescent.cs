using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Autodiff.Optimizers;
using QuantGrad.Rules;
using QuantGrad.Strategies;

namespace QuantGrad.Training;

/// <summary>
/// Finds the parameters of a rule in one unit: several descents from points spread over the box, each with a temperature that falls from epoch to epoch, and at
/// the end looks at the hard rule with exact costs. The parameters whose hard rule did best on the train rows are kept.
/// </summary>
internal sealed class RuleDescent
{
    /// <summary>The share of the epochs after which the hard rule is looked at.</summary>
    private const double LookAfter = 0.6;

    /// <summary>Looks at the hard rule in each descent, about.</summary>
    private const int Looks = 12;

    private readonly Strategy strategy;
    private readonly RuleSettings settings;
    private readonly IRunProgress progress;
    private readonly StrategyGraph graph;
    private readonly Plan<double> plan;
    private readonly Plan<double>? check;
    private readonly double[] scales;
    private readonly TradingCosts costs;
    private readonly (int Fold, int Seed) unit;
    private readonly int[] symbols;
    private readonly ulong unitSeed;

    private RuleDescent(Strategy strategy, double periodsPerYear, IRunProgress progress, UnitWindows windows)
    {
        (this.strategy, this.progress, unit, unitSeed) = (strategy, progress, (windows.Fold, windows.Seed), windows.UnitSeed);
        settings = strategy.Model.Rule!;
        symbols = windows.Train.Assets;
        costs = strategy.Costs.ToTradingCosts(periodsPerYear);
        graph = StrategyGraph.Compile(strategy, 1, periodsPerYear);
        plan = Bound(windows.Train, windows);
        check = windows.Validation.Steps - windows.Validation.Lead < 2 ? null : Bound(windows.Validation, windows);
        plan.InitializeParameters(unitSeed);
        SetThetas(RuleStarts.Thetas(Rule, 0, 0));
        scales = Rule.FitScales(plan, windows.Train.OwnBars());
    }

    private RuleBody Rule => graph.Rules[0];

    /// <summary>Trains.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="periodsPerYear">Bars a year.</param>
    /// <param name="progress">Told of every epoch.</param>
    /// <param name="windows">The rows.</param>
    /// <param name="cancellation">Looked at before each epoch.</param>
    /// <exception cref="UsageException">Every descent diverged.</exception>
    public static TrainedUnit Run(Strategy strategy, double periodsPerYear, IRunProgress progress, UnitWindows windows, CancellationToken cancellation)
    {
        var descent = new RuleDescent(strategy, periodsPerYear, progress, windows);
        var starts = new Descent[descent.settings.Starts];
        for (var start = 0; start < starts.Length; start++) starts[start] = descent.Descend(start, cancellation);
        var kept = 0;
        for (var start = 1; start < starts.Length; start++)
            if (starts[start].HardObjective > starts[kept].HardObjective || double.IsNaN(starts[kept].HardObjective)) kept = start;
        if (double.IsNaN(starts[kept].HardObjective))
            throw new UsageException(FormattableString.Invariant($"Fold {windows.Fold}, seed {windows.Seed}: every descent of the rule diverged; try training.learning_rate {strategy.Training.LearningRate / 3:g2}."));
        return descent.Unit(starts, kept, windows);
    }

    private TrainedUnit Unit(Descent[] starts, int kept, UnitWindows windows)
    {
        var best = starts[kept];
        var record = new RuleRecord(
            Rule.Names(symbols), Values(best.Parameters, settings.Harden),
            [.. starts.Select(start => new RuleStart([.. start.Path], [.. start.Soft], start.HardObjective, Values(start.Parameters, settings.Harden)))],
            kept, starts.Sum(start => start.Epochs + start.Looks), starts.Sum(start => start.Looks), Evaluate(best.Parameters, settings.TemperatureEnd), Evaluate(best.Parameters, 0));
        return new TrainedUnit(windows.Fold, windows.Seed, best.Parameters, windows.Mean, windows.Deviation, best.BestEpoch, [.. best.Soft], [.. best.Validation], [.. best.Norms])
        {
            RuleScales = scales,
            Rule = record,
        };
    }

    private Descent Descend(int start, CancellationToken cancellation)
    {
        var (training, epochs) = (strategy.Training, strategy.Training.Epochs);
        plan.InitializeParameters(RandomStream.At(unitSeed, (ulong)start));
        SetThetas(RuleStarts.Thetas(Rule, start, unitSeed));
        var optimizer = training.ToOptimizer().Build<double>(plan.Parameters.Length);
        var schedule = training.ToSchedule();
        var descent = new Descent(Parameters());
        descent.Path.Add(Values(descent.Parameters, isHard: false));
        var every = Math.Max(1, (int)Math.Ceiling((1 - LookAfter) * epochs / Looks));
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            cancellation.ThrowIfCancellationRequested();
            SetTemperature(plan, settings.Temperature(epoch, epochs), UnitTrainer.SmoothingEpsilon);
            plan.Training = true;
            plan.StepSeed = RandomStream.At(RandomStream.At(unitSeed, (ulong)start), (ulong)epoch);
            plan.Forward();
            plan.Backward(graph.Loss);
            descent.Norms.Add(GradientNorm.Of<double>(plan.ParameterGradients));
            descent.Soft.Add(-plan.Value(graph.Loss)[0]);
            descent.Epochs++;
            if (!double.IsFinite(descent.Norms[^1]) || !double.IsFinite(descent.Soft[^1])) break;
            optimizer.Step(plan.Parameters, plan.ParameterGradients, training.LearningRate * schedule.Factor(epoch, epochs));
            KeepMoments();
            descent.Validation.Add(Validate(epoch, epochs));
            descent.Path.Add(Values(Parameters(), isHard: false));
            progress.Epoch(unit.Fold, unit.Seed, start * epochs + epoch + 1, settings.Starts * epochs, descent.Soft[^1], descent.Validation[^1]);
            if (epoch + 1 == epochs || (epoch >= LookAfter * epochs && epoch % every == 0)) Look(descent, epoch + 1);
        }

        return descent;
    }

    // Batch normalisation in a network inside the rule keeps the moments that the weights have on the train rows.
    private void KeepMoments()
    {
        if (graph.Usable is null) return;
        plan.Forward();
        plan.KeepBatchStatistics();
    }

    private void Look(Descent descent, int epoch)
    {
        var parameters = Parameters();
        var objective = Evaluate(parameters, settings.FinalTemperature);
        descent.Looks++;
        if (!(objective > descent.HardObjective) && !double.IsNaN(descent.HardObjective)) return;
        (descent.Parameters, descent.HardObjective, descent.BestEpoch) = (parameters, objective, epoch);
    }

    /// <summary>The objective on the train rows with exact costs.</summary>
    private double Evaluate(float[] parameters, double temperature)
    {
        var moved = plan.Parameters.ToArray();
        for (var i = 0; i < parameters.Length; i++) plan.Parameters[i] = parameters[i];
        SetTemperature(plan, temperature, 0);
        plan.Training = false;
        plan.Forward();
        moved.CopyTo(plan.Parameters);
        return -plan.Value(graph.Loss)[0];
    }

    private double Validate(int epoch, int epochs)
    {
        if (check is null) return double.NaN;
        plan.Parameters.CopyTo(check.Parameters);
        SetTemperature(check, settings.Temperature(epoch, epochs), UnitTrainer.SmoothingEpsilon);
        check.Forward();
        return -check.Value(graph.Loss)[0];
    }

    private Plan<double> Bound(TrainingWindow window, UnitWindows windows)
    {
        var bound = new Plan<double>(graph.Graph, window.Size, new PlanOptions { Still = graph.WindowInputs }, graph.Loss, graph.Books);
        window.Bind(graph, bound);
        graph.BindScaling(bound, windows.Mean, windows.Deviation);
        graph.BindRules(bound, [[]], settings.TemperatureStart);
        graph.BindCosts(bound, costs, UnitTrainer.SmoothingEpsilon);
        return bound;
    }

    private void SetTemperature(Plan<double> of, double temperature, double epsilon)
    {
        graph.BindRules(of, [scales], temperature);
        graph.BindCosts(of, costs, epsilon);
    }

    /// <summary>Values of symbols that the train window has not are never moved: they are those of <c>init</c>, from wherever the descent begins.</summary>
    private void SetThetas(double[] thetas)
    {
        var init = RuleStarts.Thetas(Rule, 0, 0);
        foreach (var (i, (parameter, theta, _)) in Rule.Parameters.Index())
        {
            var values = plan.Value(theta);
            values.Fill(parameter.Each ? init[i] : thetas[i]);
            if (!parameter.Each) continue;
            foreach (var symbol in symbols) values[symbol] = thetas[i];
        }
    }

    /// <summary>The parameters as they are kept and exported: in float.</summary>
    private float[] Parameters() => Array.ConvertAll(plan.Parameters.ToArray(), value => (float)value);

    private double[] Values(float[] parameters, bool isHard)
    {
        // The rule's own parameters stand behind those of a network.
        var thetas = parameters.AsSpan(parameters.Length - Rule.ThetaCount);
        return Rule.Values(thetas, isHard, symbols);
    }

    private sealed class Descent(float[] parameters)
    {
        public float[] Parameters { get; set; } = parameters;

        public double HardObjective { get; set; } = double.NaN;

        public int BestEpoch { get; set; }

        public int Epochs { get; set; }

        public int Looks { get; set; }

        public List<double[]> Path { get; } = [];

        public List<double> Soft { get; } = [];

        public List<double> Validation { get; } = [];

        public List<double> Norms { get; } = [];
    }
}
