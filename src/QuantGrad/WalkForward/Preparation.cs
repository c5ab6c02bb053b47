using QuantGrad.Accounting;
using QuantGrad.Features;
using QuantGrad.MarketData;
using QuantGrad.Rules;
using QuantGrad.Strategies;
using QuantGrad.Training;

namespace QuantGrad.WalkForward;

/// <summary>All that a run knows before it trains: prices, features, sizes, returns, folds. Everything at a bar is computed from bars up to it.</summary>
internal sealed class Preparation
{
    private Preparation(Strategy strategy, MarketDataSet data, FeatureSet formulas, FeatureTable features, int threads)
    {
        Strategy = strategy;
        Data = data;
        Formulas = formulas;
        PeriodsPerYear = strategy.Data.PeriodsPerYear ?? data.PeriodsPerYear;
        Fill = strategy.Execution.Fill ?? (data.Panel.SymbolWithoutOpens is null ? Fill.NextOpen : Fill.NextClose);
        Execution = ExecutionTable.Build(data.Panel, Fill);
        Features = features;
        Sizing = PositionSizing.Build(data.Panel, Features, strategy.Position, data.BarInterval, PeriodsPerYear, strategy.Model.WarmUpBars(), threads);
        View = new MarketView
        {
            Dates = data.Panel.Dates,
            Assets = data.Panel.Assets,
            FeatureCount = Features.Features,
            Features = Features.Values,
            Sizes = Sizing.Sizes,
            Decisions = Sizing.Decisions,
            Usable = Sizing.Usable,
            Gap = Execution.Gap.AsMemory(0, Execution.Steps * data.Panel.Assets),
            Hold = Execution.Hold.AsMemory(0, Execution.Steps * data.Panel.Assets),
            Executable = Execution.Executable.AsMemory(0, Execution.Steps * data.Panel.Assets),
            OutcomeBars = Execution.OutcomeBars,
        };
        Folds = Planner().Plan();
    }

    /// <summary>The strategy.</summary>
    public Strategy Strategy { get; }

    /// <summary>The prices.</summary>
    public MarketDataSet Data { get; }

    /// <summary>The feature formulas.</summary>
    public FeatureSet Formulas { get; }

    /// <summary>The model's inputs.</summary>
    public FeatureTable Features { get; }

    /// <summary>Weights of a signal of 1.</summary>
    public PositionSizing Sizing { get; }

    /// <summary>Returns as the fill has them.</summary>
    public ExecutionTable Execution { get; }

    /// <summary>When weights are traded: as set, or the default for the data.</summary>
    public Fill Fill { get; }

    /// <summary>A: as set, or found from the bars.</summary>
    public double PeriodsPerYear { get; }

    /// <summary>What training is handed parts of.</summary>
    public MarketView View { get; }

    /// <summary>The folds.</summary>
    public IReadOnlyList<Fold> Folds { get; }

    /// <summary>The costs as fractions.</summary>
    public TradingCosts Costs => Strategy.Costs.ToTradingCosts(PeriodsPerYear);

    /// <summary>Reads the prices and prepares.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="threads">Threads for features.</param>
    public static Preparation Of(Strategy strategy, int threads) => Of(strategy, Load(strategy.Data), threads);

    /// <summary>Prepares prices at hand.</summary>
    public static Preparation Of(Strategy strategy, MarketDataSet data, int threads)
    {
        var formulas = Compile(strategy, data);
        return new Preparation(strategy, data, formulas, formulas.Compute(data.Panel, threads), threads);
    }

    /// <summary>Prepares prices with features that something else has computed: how the audit's tests plant a leak.</summary>
    public static Preparation Of(Strategy strategy, MarketDataSet data, Func<FeatureSet, Panel, FeatureTable> compute)
    {
        var formulas = Compile(strategy, data);
        return new Preparation(strategy, data, formulas, compute(formulas, data.Panel), threads: 1);
    }

    private static FeatureSet Compile(Strategy strategy, MarketDataSet data)
    {
        if (strategy.Model.Embeddings().FirstOrDefault(layer => layer.Symbols < data.Panel.Assets) is { } small)
            throw new UsageException($"model.network.layers: the embedding has room for {small.Symbols} symbols, the prices have {data.Panel.Assets}; give it symbols: {data.Panel.Assets}.");
        if (strategy.Model.Rule?.Parameters.FirstOrDefault(parameter => parameter.Each) is { } each && data.Panel.Assets > RuleParameter.MostSymbols)
            throw new UsageException($"model.rule.parameters.{each.Name}: each: true has room for {RuleParameter.MostSymbols} symbols, the prices have {data.Panel.Assets}; let the symbols share one value, or take fewer of them.");
        if (strategy.Position.Portfolio == Portfolio.MarketNeutral && data.Panel.Symbols is [var only])
            throw new UsageException($"position.portfolio is market_neutral, which holds as much short as long, but {only} is the only symbol of the prices; give it more symbols, or portfolio: equal.");
        return strategy.CompileFeatures(data.BarInterval).WithSymbols(data.Panel.Symbols);
    }

    private static MarketDataSet Load(DataSettings data) =>
        MarketDataLoader.Load(data.Path, data.From?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), data.To?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));

    /// <summary>The fold that a model for use trains on: up to the last bar, with the strategy's validation tail and nothing to test.</summary>
    public Fold DeploymentFold() => Planner().ForDeployment(Folds.Count);

    /// <summary>What stands against every decision, and what to do about it.</summary>
    private string WhyNoDecision()
    {
        var bars = Data.Panel.Close.Max(column => column.Count(double.IsFinite));
        for (var feature = 0; feature < Features.Features; feature++)
        {
            if (HasValue(feature)) continue;
            var name = $"feature '{Formulas.Names[feature]}' ({Formulas.Formulas[feature]})";
            return Formulas.WarmUps[feature] >= bars
                ? $"the look-back of {name} is {Formulas.WarmUps[feature]} bars, and no symbol has more than {bars}; shorten it or take more data."
                : $"{name} has no value on any bar, as after a division by zero or a logarithm of 0; change the formula.";
        }

        if (!Array.Exists(Sizing.Usable, usable => usable)) return "each feature has values, but no bar of a symbol has all of them; shorten the longest look-back or take more data.";
        return Strategy.Position.Sizing == Strategies.Sizing.VolTarget && Sizing.Usable.Count(usable => usable) > Strategy.Model.WarmUpBars() * Data.Panel.Assets
            ? $"position.vol_span is {Strategy.Position.VolSpan} bars, and no symbol has more than {bars}, so that the volatility that sizes a position is not known; shorten it or take more data."
            : $"the model needs {Strategy.Model.WarmUpBars()} bars of a symbol with every feature before its first decision; shorten its memory or take more data.";
    }

    private bool HasValue(int feature)
    {
        for (var cell = feature; cell < Features.Values.Length; cell += Features.Features)
            if (!double.IsNaN(Features.Values[cell])) return true;
        return false;
    }

    private FoldPlanner Planner()
    {
        var settings = Strategy.WalkForward;
        var first = Array.IndexOf(Sizing.Decisions, Decision.Trade);
        if (first < 0)
        {
            if (Formulas.Reads.HasFlag(Indicators.Inputs.High) && !Data.Panel.High.Any(column => Array.Exists(column, double.IsFinite)))
            {
                throw new PriceDataException("The model's inputs read highs and lows, which these prices do not have (they have closes alone): "
                    + "take formulas of the close, such as stdev(close, 20) in the place of atr(20), or prices with open, high, low and close.");
            }

            throw new PriceDataException($"No bar of the {Data.Panel.Steps} can be decided on: {WhyNoDecision()}");
        }

        var gap = (settings.Purge ?? ExecutionTable.PurgeBars(Fill)) + settings.Embargo;
        return new FoldPlanner(Data.Panel.Dates, first / Data.Panel.Assets, settings.Scheme == WalkForwardScheme.Expanding,
            settings.Train, settings.Validation, settings.Test, gap);
    }
}
