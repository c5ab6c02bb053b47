using QuantGrad.Auditing;
using QuantGrad.Features;
using QuantGrad.MarketData;
using QuantGrad.Strategies;
using QuantGrad.Tests.WalkForward;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.Auditing;

/// <summary>The audit catches and names every leak that is planted, and raises nothing on strategies without one.</summary>
public class StrategyAuditTests
{
    private static readonly MarketDataSet Market = MarketWithHoles();

    [Fact]
    public void Audit_FeatureShiftedByMinusOne_NamesTheFeature() => Caught("feature", "r5", new LeakyFeatures(Strategy(), (table, panel) => Shift(table, panel, "r5", -1)));

    [Fact]
    public void Audit_CentredMean_NamesTheFeature() => Caught("feature", "trend", new LeakyFeatures(Strategy(), (table, panel) =>
    {
        var before = table.Values.ToArray();
        ForEach(table, panel, "trend", (step, asset, index) =>
        {
            var (left, right) = (index - table.Assets * table.Features * 2, index + table.Assets * table.Features * 2);
            return step < 2 || step >= panel.Steps - 2 ? before[index] : (before[left] + before[index] + before[right]) / 3;
        });
    }));

    [Fact]
    public void Audit_LabelAmongTheFeatures_NamesTheFeature() => Caught("feature", "r1", new LeakyFeatures(Strategy(), (table, panel) =>
        ForEach(table, panel, "r1", (step, asset, _) => step + 1 < panel.Steps ? panel.Close[asset][step + 1] / panel.Close[asset][step] - 1 : double.NaN)));

    [Fact]
    public void Audit_WinsoriserOnAllRows_NamesTheFeature() => Caught("feature", "r1", new LeakyFeatures(Strategy(), (table, panel) =>
    {
        var before = table.Values.ToArray();
        var all = before.Where((_, i) => i % table.Features == 0).Where(double.IsFinite).Order().ToArray();
        var (low, high) = (all[all.Length / 100], all[all.Length - 1 - all.Length / 100]);
        ForEach(table, panel, "r1", (_, _, index) => double.IsNaN(before[index]) ? double.NaN : Math.Clamp(before[index], low, high));
    }));

    [Fact]
    public void Audit_GapsFilledFromTheNextBar_IsCaught() => Caught("feature", "r1", new LeakyPrices(Strategy(), panel =>
    {
        foreach (var columns in new[] { panel.Open, panel.High, panel.Low, panel.Close, panel.Volume })
            foreach (var column in columns)
                for (var step = column.Length - 2; step >= 0; step--)
                    if (double.IsNaN(column[step])) column[step] = column[step + 1];
    }));

    [Fact]
    public void Audit_BarsStampedAtTheirOpen_IsCaught() => Caught("feature", "r1", new LeakyPrices(Strategy(), panel =>
    {
        foreach (var columns in new[] { panel.Open, panel.High, panel.Low, panel.Close, panel.Volume })
            foreach (var column in columns) Array.Copy(column, 1, column, 0, column.Length - 1);
    }));

    [Fact]
    public void Audit_PricesAdjustedByALaterSplit_IsCaught() => Caught("feature", "level", new LeakyPrices(
        StrategyAudit.Shortened(SmallRun.Strategy("unused", "features.level=log(close)")), panel =>
        {
            foreach (var close in panel.Close)
            {
                var factor = close.Last(price => !double.IsNaN(price)) > 150 ? 0.5 : 1.0;
                for (var step = 0; step < close.Length; step++) close[step] *= factor;
            }
        }));

    [Fact]
    public void Audit_ScalerOnAllRows_NamesTheScaling() => Caught("scaling", null, new LeakyTraining(Strategy())
    {
        Scaling = view => TrainingWindow.Cut(view, new BarRange(0, view.Steps)).FeatureScaling(),
    });

    [Fact]
    public void Audit_FoldWithoutPurge_NamesTheTraining() => Caught("training", null, new LeakyTraining(Strategy())
    {
        TrainRows = (view, fold) => TrainingWindow.Cut(view, fold.Train with { End = fold.Validation.Start }),
    });

    [Fact]
    public void Audit_SymbolsSplitAtDifferentDates_NamesTheTraining() => Caught("training", null, new LeakyTraining(Strategy())
    {
        TrainRows = (view, fold) =>
        {
            var window = TrainingWindow.Cut(view, fold.Train with { End = Math.Min(view.StepsWithOutcome, fold.Test.Start + 60) });
            for (var step = fold.Train.End - window.FirstStep; step < window.Steps; step++)
                for (var column = 1; column < window.Assets.Length; column++)
                    window.Sizes[step * window.Assets.Length + column] = 0;
            return window;
        },
    });

    [Fact]
    public void Audit_EarlyStoppingOnTestRows_NamesTheValidationChoice() => Caught("validation_choice", null, new LeakyTraining(Strategy())
    {
        ValidationRows = (view, fold) => TrainingWindow.Cut(view, fold.Test),
    });

    [Fact]
    public void Audit_PositionOfTheNextBar_NamesThePosition() => Caught("position", null, new LeakySignals(Strategy()));

    [Theory]
    [InlineData]
    [InlineData("execution.fill=next_open")]
    [InlineData("execution.fill=next_close")]
    [InlineData("walk_forward.scheme=rolling")]
    [InlineData("walk_forward.validation=10%")]
    [InlineData("walk_forward.validation=0")]
    [InlineData("walk_forward.purge=5", "walk_forward.embargo=3")]
    [InlineData("walk_forward.test=63")]
    [InlineData("position.sizing=none")]
    [InlineData("position.max_leverage=1", "position.vol_target=0.3")]
    [InlineData("costs.commission_bps=0", "costs.spread_bps=0", "costs.slippage_bps=0")]
    [InlineData("objective.turnover_penalty=0.02")]
    [InlineData("features.rsi=rsi(14) / 50 - 1")]
    [InlineData("features.macd=macdn(8, 24)")]
    [InlineData("features.late=lag(ret(3), 2)")]
    [InlineData("features.rank=rank(ret(20))")]
    [InlineData("features.bands=zscore(close, 20)")]
    [InlineData("features.range=atr(14) / close")]
    [InlineData("model.network.layers=[]")]
    [InlineData("model.network.layers=[{dense: 6, activation: relu}, {dense: 3, activation: sigmoid}]")]
    [InlineData("training.optimizer=momentum", "training.learning_rate=0.05")]
    public void Audit_CleanStrategy_RaisesNothing(params string[] settings)
    {
        var report = StrategyAudit.Run(new AuditedPipeline(StrategyAudit.Shortened(SmallRun.Strategy("unused", settings))), Market, 1, CancellationToken.None);

        Assert.Empty(report.Findings);
        Assert.True(report.Trainings >= 7 && report.Cuts.Count >= 2);
    }

    [Theory]
    [InlineData("execution={}")]
    [InlineData("execution.fill=next_open")]
    public void Audit_SymbolListedAfterTheCut_RaisesNothing(string execution)
    {
        var panel = SmallRun.Autoregressive(11, 3, 6, 0.1).Panel;
        foreach (var columns in new[] { panel.Open, panel.High, panel.Low, panel.Close, panel.Volume }) Array.Fill(columns[1], double.NaN, 0, panel.Steps * 3 / 4);
        var pipeline = new AuditedPipeline(StrategyAudit.Shortened(SmallRun.Strategy("unused", execution)));

        Assert.Empty(StrategyAudit.Run(pipeline, SmallRun.DataSet(panel), int.MaxValue, CancellationToken.None).Findings);
    }

    private static void Caught(string code, string? what, AuditedPipeline leaky)
    {
        var report = StrategyAudit.Run(leaky, Market, 1, CancellationToken.None);

        var finding = Assert.Single(report.Findings, finding => finding.Code == code && (what is null || finding.What == what));
        Assert.True(finding.Size > 0);
        Assert.NotNull(finding.Date);
        Assert.NotEmpty(finding.Cause);
        if (code is "feature" or "position") Assert.NotNull(finding.Symbol);
    }

    private static Strategy Strategy() => StrategyAudit.Shortened(SmallRun.Strategy("unused"));

    private static MarketDataSet MarketWithHoles()
    {
        var panel = SmallRun.Autoregressive(11, 3, 5, 0.1).Panel;
        foreach (var columns in new[] { panel.Open, panel.High, panel.Low, panel.Close, panel.Volume })
        {
            for (var step = 40; step < panel.Steps; step += 7) columns[1][step] = double.NaN;
            for (var step = 60; step < panel.Steps; step += 11) columns[1][step] = double.NaN;
        }

        return SmallRun.DataSet(panel);
    }

    private static void Shift(FeatureTable table, Panel panel, string name, int bars)
    {
        var before = table.Values.ToArray();
        ForEach(table, panel, name, (step, _, index) => step - bars < panel.Steps ? before[index - bars * table.Assets * table.Features] : double.NaN);
    }

    private static void ForEach(FeatureTable table, Panel panel, string name, Func<int, int, int, double> value)
    {
        var feature = Array.IndexOf(table.Names, name);
        for (var step = 0; step < panel.Steps; step++)
        {
            for (var asset = 0; asset < panel.Assets; asset++)
            {
                var index = (step * table.Assets + asset) * table.Features + feature;
                table.Values[index] = value(step, asset, index);
            }
        }
    }
}
