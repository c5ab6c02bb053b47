using QuantGrad.Accounting;
using QuantGrad.Auditing;
using QuantGrad.Autodiff;
using QuantGrad.MarketData;
using QuantGrad.Metrics.Differentiable;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.WalkForward;

/// <summary>Models that look along time: each symbol's own bars, warmed up before every window, and nothing of the future.</summary>
public class SequenceModelTests
{
    private static readonly MarketDataSet Holes = MarketWithHoles();

    /// <summary>Every layer that looks along time, in the words of the strategy file.</summary>
    public static TheoryData<string> Layers =>
    [
        "[{lstm: 4}]", "[{gru: 4}, {dense: 3}]", "[{conv: 4, kernel: 3, dilation: 4}]", "[{tcn: 3, kernel: 2, dilation: 2, activation: tanh}]",
        "[{dense: 4}, {attention: 4, window: 9, heads: 2}]", "[{conv: 3}, {lstm: 3}]",
    ];

    internal static Strategy With(string layers, params string[] settings) =>
        SmallRun.Strategy("unused", [$"model.network.layers={layers}", "model.network.memory=60", "training.epochs=4", .. settings]);

    [Theory, MemberData(nameof(Layers))]
    public void Signals_PanelWithHoles_EqualThoseOfTheSymbolsBarsAlone(string layers)
    {
        var strategy = With(layers);
        var market = Preparation.Of(strategy, Holes, 1);
        var model = Untrained(strategy, market);
        var asset = 1;
        var alone = Preparation.Of(strategy, Compacted(asset), 1);
        var from = new DateTime(2004, 1, 2, 0, 0, 0, DateTimeKind.Utc);

        var (first, firstAlone) = (After(market, from), After(alone, from));
        var signals = model.Signals(market.View, new BarRange(first, market.View.Steps));
        var expected = model.Signals(alone.View, new BarRange(firstAlone, alone.View.Steps));

        var compared = 0;
        for (var step = firstAlone; step < alone.View.Steps; step++)
        {
            var row = Array.BinarySearch(market.Data.Panel.Dates, alone.Data.Panel.Dates[step]) - first;
            Assert.Equal(expected[step - firstAlone], signals[row * market.View.Assets + asset]);
            compared += double.IsNaN(expected[step - firstAlone]) ? 0 : 1;
        }

        Assert.InRange(compared, 100, int.MaxValue);
    }

    [Theory, InlineData("[{conv: 4, kernel: 3, dilation: 4}, {conv: 4}]", 10), InlineData("[{tcn: 3, kernel: 2, dilation: 2}]", 4), InlineData("[{attention: 4, window: 9}]", 8)]
    public void Memory_FiniteReach_IsTheReceptiveFieldExactly(string layers, int memory)
    {
        var strategy = With(layers);
        var market = Preparation.Of(strategy, Holes, 1);
        var model = Untrained(strategy, market);
        var start = market.Folds[0].Test.Start;

        var early = model.Signals(market.View, new BarRange(start - 200, start + 50)).AsSpan(200 * market.View.Assets).ToArray();

        Assert.Equal(memory, strategy.Model.Memory());
        Assert.Equal(early, model.Signals(market.View, new BarRange(start, start + 50)));
    }

    [Fact]
    public void TrainingWindow_LeadIn_IsNotCountedByTheObjective()
    {
        var strategy = With("[{lstm: 4}]");
        var market = Preparation.Of(strategy, Holes, 1);
        var window = TrainingWindow.Cut(market.View, market.Folds[1].Validation, strategy.Model.Memory());
        var graph = StrategyGraph.Compile(strategy, 1, market.PeriodsPerYear);
        var plan = new Plan<double>(graph.Graph, window.Size, graph.Loss);
        window.Bind(graph, plan);
        plan.InitializeParameters(1);
        plan.Value(graph.Deviation).Fill(1);
        graph.BindCosts(plan, market.Costs, 1e-4);
        plan.Forward();

        var net = Enumerable.Range(0, window.Steps).Select(t => plan.Value(graph.Books)[t * PortfolioAccounting.Columns + PortfolioAccounting.Net]).ToArray();
        Assert.InRange(window.Lead, 60, 120);
        Assert.Equal(window.FirstStep + window.Lead, market.Folds[1].Validation.Start);
        Assert.All(net[..window.Lead], value => Assert.Equal(0, value, 1e-12));
        Assert.Equal(SharpeLoss.Of(net[window.Lead..], market.PeriodsPerYear).Value, plan.Value(graph.Loss)[0], 1e-12);
        for (var asset = 0; asset < window.Assets.Length; asset++)
            Assert.Equal(60, Enumerable.Range(0, window.Lead).Count(step => window.Bars[step * window.Assets.Length + asset] >= 0));
    }

    [Theory, MemberData(nameof(Layers))]
    public void GradientCheck_WholeStrategy_Holds(string layers)
    {
        var report = StrategyGradientCheck.Run(Preparation.Of(With(layers, "training.seeds=1"), Holes, 1), 6, StrategyGradientCheck.DefaultTolerance);
        Assert.True(report.Passed, string.Join("; ", report.Groups));
    }

    [Theory, InlineData("[{gru: 3}]"), InlineData("[{conv: 3, kernel: 2, dilation: 3}, {attention: 3, window: 5}]")]
    public void Audit_SymbolsThatBeginLateAndHoles_FindsNothing(string layers)
    {
        var report = StrategyAudit.Run(new AuditedPipeline(StrategyAudit.Shortened(With(layers, "training.epochs=2"))), Holes, 1, CancellationToken.None);
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void Credit_OfASequenceModel_IsPositiveForEveryInput()
    {
        var result = SmallRun.Evaluate(With("[{lstm: 3}]", "training.seeds=1"), Holes);
        var credit = CreditAssignment.Of(result.Market, result.Models[0], result.Market.Folds[0]);
        Assert.All(credit.IntegratedGradients, value => Assert.InRange(value, 1e-9, 2));
        Assert.Equal(result.Market.Folds[^1].Test.End - result.First, result.Signals.Length / result.Assets);
    }

    internal static FoldModel Untrained(Strategy strategy, Preparation market)
    {
        var graph = StrategyGraph.Compile(strategy, 1, market.PeriodsPerYear);
        var plan = new Plan<float>(graph.Graph, new PlanSize(1, 1), graph.Position);
        plan.InitializeParameters(7);
        var count = market.View.FeatureCount;
        return new FoldModel(strategy, [new TrainedUnit(0, 0, plan.Parameters.ToArray(), new double[count], [.. Enumerable.Repeat(0.7, count)], 0, [], [], [])], market.PeriodsPerYear);
    }

    /// <summary>Three symbols: one whole, one with holes, one that is listed late and has holes.</summary>
    internal static MarketDataSet MarketWithHoles()
    {
        var panel = SmallRun.Autoregressive(5, 3, 5, 0.1).Panel;
        var random = new RandomStream(3);
        for (var step = 0; step < panel.Steps; step++)
        {
            if (random.NextUniform() < 0.2) Remove(panel, 1, step);
            if (step < 500 || random.NextUniform() < 0.05) Remove(panel, 2, step);
        }

        return SmallRun.DataSet(panel);
    }

    private static void Remove(Panel panel, int asset, int step) =>
        panel.Open[asset][step] = panel.High[asset][step] = panel.Low[asset][step] = panel.Close[asset][step] = panel.Volume[asset][step] = double.NaN;

    private static MarketDataSet Compacted(int asset)
    {
        var panel = Holes.Panel;
        var steps = Enumerable.Range(0, panel.Steps).Where(step => panel.HasBar(step, asset)).ToArray();
        double[][] Column(double[][] columns) => [[.. steps.Select(step => columns[asset][step])]];
        return SmallRun.DataSet(new Panel([.. steps.Select(step => panel.Dates[step])], [panel.Symbols[asset]], Column(panel.Open), Column(panel.High), Column(panel.Low), Column(panel.Close), Column(panel.Volume)));
    }

    private static int After(Preparation market, DateTime date) => Array.FindIndex(market.Data.Panel.Dates, d => d >= date);
}
