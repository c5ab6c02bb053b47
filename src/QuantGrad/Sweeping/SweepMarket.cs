using QuantGrad.Accounting;
using QuantGrad.Features;
using QuantGrad.MarketData;
using QuantGrad.Strategies;
using QuantGrad.Sweeping.Lanes;
using QuantGrad.WalkForward;

namespace QuantGrad.Sweeping;

/// <summary>What a rule is evaluated on: its columns over each symbol's own bars (those with every input defined), sizes, decisions and returns.</summary>
internal sealed class SweepMarket
{
    private readonly double[] columns;
    private readonly int[] columnStart;
    private readonly Lazy<ColumnMean>[] means;

    /// <summary>Lays out a market.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="panel">Prices.</param>
    /// <param name="table">The rule's columns on the panel.</param>
    /// <param name="sizing">Weights of a signal of 1, what can be done, and which bars a rule sees.</param>
    /// <param name="execution">Returns of the panel.</param>
    /// <param name="costs">Costs.</param>
    public SweepMarket(HardRule rule, Panel panel, FeatureTable table, PositionSizing sizing, ExecutionTable execution, TradingCosts costs)
    {
        Panel = panel;
        var (sizes, decisions) = (Sizes, Decisions) = (sizing.Sizes, sizing.Decisions);
        Execution = execution;
        Costs = costs;
        OwnSteps = [.. Enumerable.Range(0, panel.Assets).Select(asset => Enumerable.Range(0, panel.Steps).Where(step => sizing.Usable[step * panel.Assets + asset]).ToArray())];
        Pad = rule.Steps.Where(static step => step.Op == RuleOp.Lag).Select(static step => step.Steady!.Longest).DefaultIfEmpty(0).Max();
        columnStart = new int[panel.Assets * table.Features];
        var length = 0;
        for (var i = 0; i < columnStart.Length; i++)
        {
            columnStart[i] = length + Pad;
            length += Pad + OwnSteps[i / table.Features].Length;
        }

        ColumnCount = table.Features;
        columns = GC.AllocateUninitializedArray<double>(Math.Max(1, length), pinned: true);
        for (var asset = 0; asset < panel.Assets; asset++)
        {
            for (var column = 0; column < ColumnCount; column++)
            {
                var values = columns.AsSpan(Start(column, asset) - Pad, Pad + OwnSteps[asset].Length);
                for (var own = 0; own < OwnSteps[asset].Length; own++) values[Pad + own] = table.Row(OwnSteps[asset][own], asset)[column];
                if (values.Length > Pad) values[..Pad].Fill(values[Pad]);
            }
        }

        means = [.. Enumerable.Range(0, columnStart.Length).Select(i => new Lazy<ColumnMean>(() => new ColumnMean(Column(i % ColumnCount, i / ColumnCount))))];
        Moves = new SymbolMove[execution.Steps * panel.Assets];
        for (var asset = 0; asset < panel.Assets; asset++)
        {
            var (own, grown) = (0, 1.0);
            for (var cell = asset; cell < Moves.Length; cell += panel.Assets)
            {
                var kind = !decisions[cell].IsTraded(execution.Executable[cell]) ? TargetKind.None : decisions[cell] == Decision.Trade ? TargetKind.Signal : TargetKind.Flat;
                var isOwn = sizing.Usable[cell];
                Moves[cell] = new SymbolMove(grown, execution.Gap[cell], execution.Hold[cell], sizes[cell], isOwn ? own++ : 0, kind);
                grown = 1 + execution.Hold[cell];
            }
        }

        HasGap = Array.Exists(execution.Gap, static gap => gap != 0);
    }

    /// <summary>Sizes, decides and lays out a market for a rule alone: a symbol takes part from its rule's warm-up on.</summary>
    /// <param name="rule">The rule, which names no features of the strategy.</param>
    /// <param name="panel">Prices.</param>
    /// <param name="position">Sizing.</param>
    /// <param name="fill">When targets are traded.</param>
    /// <param name="costs">Costs.</param>
    /// <param name="barInterval">The time from bar to bar.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public static SweepMarket Of(HardRule rule, Panel panel, PositionSettings position, Fill fill, TradingCosts costs, TimeSpan barInterval, double periodsPerYear)
    {
        var inputs = rule.Formula.Inputs.Select(static input => KeyValuePair.Create(input.Name, input.Formula));
        var table = FeatureSet.Parse(new OrderedDictionary<string, string>(inputs), barInterval).Compute(panel);
        var sizing = PositionSizing.Build(panel, table, position, barInterval, periodsPerYear, rule.Formula.Span().WarmUp, threads: 1);
        return new SweepMarket(rule, panel, table, sizing, ExecutionTable.Build(panel, fill), costs);
    }

    /// <summary>Lays out the market of a run.</summary>
    /// <param name="rule">The strategy's rule.</param>
    /// <param name="market">The market.</param>
    public static SweepMarket Of(HardRule rule, Preparation market) => new(rule, market.Data.Panel, market.Features, market.Sizing, market.Execution, market.Costs);

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

    /// <summary>Copies of the first value before each column, as many as the longest lag.</summary>
    public int Pad { get; }

    /// <summary>The number of columns.</summary>
    public int ColumnCount { get; }

    /// <summary>A column over a symbol's own bars.</summary>
    public ReadOnlySpan<double> Column(int column, int asset) => columns.AsSpan(Start(column, asset), OwnSteps[asset].Length);

    /// <summary>Means over a column.</summary>
    public ColumnMean Mean(int column, int asset) => means[asset * ColumnCount + column].Value;

    /// <summary>The address of a column's first own bar; before it stand <see cref="Pad"/> copies of it.</summary>
    public unsafe double* Address(int column, int asset) => (double*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref columns[0]) + Start(column, asset);

    private int Start(int column, int asset) => columnStart[asset * ColumnCount + column];
}
