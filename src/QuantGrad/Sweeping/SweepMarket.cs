using QuantGrad.Accounting;
using QuantGrad.Features;
using QuantGrad.MarketData;
using QuantGrad.Strategies;
using QuantGrad.Sweeping.Lanes;

namespace QuantGrad.Sweeping;

/// <summary>What a rule is evaluated on: its columns over each symbol's own bars, sizes, decisions and returns.</summary>
internal sealed class SweepMarket
{
    private readonly double[] columns;
    private readonly int[] columnStart;
    private readonly Lazy<ColumnMean?>[] means;

    /// <summary>Lays out a market.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="panel">Prices.</param>
    /// <param name="table">The rule's columns on the panel.</param>
    /// <param name="sizes">Weight of a signal of 1, <c>[T, A]</c>.</param>
    /// <param name="decisions">What can be done, <c>[T, A]</c>.</param>
    /// <param name="execution">Returns of the panel.</param>
    /// <param name="costs">Costs.</param>
    public SweepMarket(HardRule rule, Panel panel, FeatureTable table, double[] sizes, Decision[] decisions, ExecutionTable execution, TradingCosts costs)
    {
        Panel = panel;
        Sizes = sizes;
        Decisions = decisions;
        Execution = execution;
        Costs = costs;
        OwnSteps = [.. Enumerable.Range(0, panel.Assets).Select(asset => Enumerable.Range(0, panel.Steps).Where(step => panel.HasBar(step, asset)).ToArray())];
        Pad = rule.Steps.Where(static step => step.Op == RuleOp.Lag).Select(static step => step.Steady!.Bounds.Most).DefaultIfEmpty(0).Max();
        columnStart = new int[panel.Assets * table.Features];
        var length = 0;
        for (var i = 0; i < columnStart.Length; i++)
        {
            columnStart[i] = length + Pad;
            length += Pad + OwnSteps[i / table.Features].Length;
        }

        ColumnCount = table.Features;
        columns = GC.AllocateUninitializedArray<double>(length, pinned: true);
        Array.Fill(columns, double.NaN);
        for (var asset = 0; asset < panel.Assets; asset++)
            for (var column = 0; column < ColumnCount; column++)
                for (var own = 0; own < OwnSteps[asset].Length; own++)
                    columns[Start(column, asset) + own] = table.Row(OwnSteps[asset][own], asset)[column];
        means = [.. Enumerable.Range(0, columnStart.Length).Select(i => new Lazy<ColumnMean?>(() => ColumnMean.Of(Column(i % ColumnCount, i / ColumnCount))))];
        Moves = new SymbolMove[execution.Steps * panel.Assets];
        for (var asset = 0; asset < panel.Assets; asset++)
        {
            var (own, grown) = (0, 1.0);
            for (var cell = asset; cell < Moves.Length; cell += panel.Assets)
            {
                var kind = !decisions[cell].IsTraded(execution.Executable[cell]) ? TargetKind.None : decisions[cell] == Decision.Trade ? TargetKind.Signal : TargetKind.Flat;
                var hasBar = panel.HasBar(cell / panel.Assets, asset);
                Moves[cell] = new SymbolMove(grown, execution.Gap[cell], execution.Hold[cell], sizes[cell], hasBar ? own++ : 0, kind);
                grown = 1 + execution.Hold[cell];
            }
        }

        HasGap = Array.Exists(execution.Gap, static gap => gap != 0);
    }

    /// <summary>Sizes, decides and lays out a market for a rule alone: a symbol takes part from its rule's warm-up on.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="panel">Prices.</param>
    /// <param name="position">Sizing.</param>
    /// <param name="fill">When targets are traded.</param>
    /// <param name="costs">Costs.</param>
    /// <param name="barInterval">The time from bar to bar.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public static SweepMarket Of(HardRule rule, Panel panel, PositionSettings position, Fill fill, TradingCosts costs, TimeSpan barInterval, double periodsPerYear)
    {
        var table = rule.Columns.Compute(panel);
        var decided = new FeatureTable(["decided"], panel.Steps, panel.Assets);
        for (var asset = 0; asset < panel.Assets; asset++)
        {
            var own = 0;
            for (var step = 0; step < panel.Steps; step++)
                decided.Row(step, asset)[0] = panel.HasBar(step, asset) && own++ >= rule.WarmUp && table.IsDefined(step, asset) ? 0 : double.NaN;
        }

        var sizing = PositionSizing.Build(panel, decided, position, barInterval, periodsPerYear, threads: 1);
        return new SweepMarket(rule, panel, table, sizing.Sizes, sizing.Decisions, ExecutionTable.Build(panel, fill), costs);
    }

    /// <summary>Prices.</summary>
    public Panel Panel { get; }

    /// <summary>Weight of a signal of 1, <c>[T, A]</c>.</summary>
    public double[] Sizes { get; }

    /// <summary>What can be done, <c>[T, A]</c>.</summary>
    public Decision[] Decisions { get; }

    /// <summary>What each symbol does at each step with an outcome, <c>[T, A]</c>.</summary>
    public SymbolMove[] Moves { get; }

    /// <summary>A.</summary>
    public int Assets => Panel.Assets;

    /// <summary>Returns of the panel.</summary>
    public ExecutionTable Execution { get; }

    /// <summary>Costs.</summary>
    public TradingCosts Costs { get; }

    /// <summary>Whether the fill leaves a gap in which old weights earn.</summary>
    public bool HasGap { get; }

    /// <summary>The calendar's index of each own bar, <c>[A][own]</c>.</summary>
    public int[][] OwnSteps { get; }

    /// <summary>NaNs before each column, as many as the longest lag.</summary>
    public int Pad { get; }

    /// <summary>The number of columns.</summary>
    public int ColumnCount { get; }

    /// <summary>A column over a symbol's own bars.</summary>
    public ReadOnlySpan<double> Column(int column, int asset) => columns.AsSpan(Start(column, asset), OwnSteps[asset].Length);

    /// <summary>Means over a column, null where it has holes.</summary>
    public ColumnMean? Mean(int column, int asset) => means[asset * ColumnCount + column].Value;

    /// <summary>The address of a column's first own bar; before it stand <see cref="Pad"/> NaNs.</summary>
    public unsafe double* Address(int column, int asset) => (double*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref columns[0]) + Start(column, asset);

    private int Start(int column, int asset) => columnStart[asset * ColumnCount + column];
}
