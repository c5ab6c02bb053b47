using System.Runtime.Intrinsics;

namespace QuantGrad.Sweeping.Lanes;

/// <summary>
/// A hard rule on up to <see cref="MostLanes"/> parameter sets at once, block by block: each instruction works on a block of bars times lanes, lanes
/// innermost, and keeps what it remembers for each symbol. One for each group; groups of a thread share the <see cref="LaneScratch"/>.
/// </summary>
internal sealed unsafe class LaneProgram
{
    /// <summary>Lanes of a group: enough vectors that one's chain of dependent additions hides behind the others'.</summary>
    public const int MostLanes = 32;

    /// <summary>Bars of a block: the values of an instruction stay in the first cache.</summary>
    public const int BlockBars = 16;

    private readonly HardRule rule;
    private readonly SweepMarket market;
    private readonly WindowColumns windows;
    private readonly LaneScratch scratch;
    private readonly double* constants;
    private readonly double* memory;
    private readonly int[] memoryStart;
    private readonly int memoryOfSymbol;
    private readonly int[][] lengths;
    private readonly double[][] alphas;
    private readonly LaneWindow[][] streams;
    private readonly double*[][] bases;
    private int lanes;

    /// <summary>A program without parameters yet.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="market">The market.</param>
    /// <param name="windows">Windows over columns.</param>
    /// <param name="scratch">The values of a block.</param>
    /// <param name="space">Holds what is remembered from block to block.</param>
    public LaneProgram(HardRule rule, SweepMarket market, WindowColumns windows, LaneScratch scratch, LaneMemory space)
    {
        this.rule = rule;
        this.market = market;
        this.windows = windows;
        var assets = market.OwnSteps.Length;
        this.scratch = scratch;
        constants = space.Take(rule.Steps.Length * MostLanes);
        memoryStart = new int[rule.Steps.Length];
        for (var i = 0; i < memoryStart.Length; i++)
        {
            memoryStart[i] = memoryOfSymbol;
            memoryOfSymbol += MemoryOf(rule.Steps[i]) * MostLanes;
        }

        memory = space.Take(assets * memoryOfSymbol);
        lengths = Array.ConvertAll(rule.Steps, static step => step.IsWindow ? new int[MostLanes] : []);
        alphas = Array.ConvertAll(rule.Steps, static step => step.Op is RuleOp.Ema or RuleOp.Wilder ? new double[MostLanes] : []);
        streams = Array.ConvertAll(rule.Steps, step => IsStream(step) && step.Op != RuleOp.Lag
            ? Enumerable.Range(0, assets * MostLanes).Select(_ => LaneWindow.Of(step.Op, step.Steady!.Longest)).ToArray()
            : []);
        bases = new double*[rule.Steps.Length][];
        for (var i = 0; i < bases.Length; i++) bases[i] = windows.Has(rule.Steps[i]) ? new double*[assets * MostLanes] : [];
    }

    /// <summary>Takes a group of parameter sets and forgets every bar.</summary>
    /// <param name="points">Parameter sets, at most <see cref="MostLanes"/>; the last one fills what is left of its vector.</param>
    /// <returns>Lanes used, a multiple of a vector's.</returns>
    public int Load(ReadOnlySpan<double[]> points)
    {
        lanes = (points.Length + VectorArithmetic.Lanes - 1) / VectorArithmetic.Lanes * VectorArithmetic.Lanes;
        for (var index = 0; index < rule.Steps.Length; index++)
        {
            var step = rule.Steps[index];
            for (var lane = 0; lane < lanes && step.Steady is not null; lane++)
            {
                var point = points[Math.Min(lane, points.Length - 1)];
                if (step.Op == RuleOp.Constant) constants[index * MostLanes + lane] = step.Steady.At(point);
                else if (step.IsWindow) SetLength(index, lane, step.Length(point));
                else alphas[index][lane] = step.Alpha(point);
            }
        }

        for (var index = 0; index < rule.Steps.Length; index++)
        {
            var isAverage = rule.Steps[index].Op is RuleOp.Ema or RuleOp.Wilder;
            for (var asset = 0; asset < market.OwnSteps.Length; asset++)
                new Span<double>(Memory(index, asset), MemoryOf(rule.Steps[index]) * MostLanes).Fill(isAverage ? double.NaN : 0);
        }

        return lanes;
    }

    /// <summary>The signals of the next stretch of a symbol's own bars, into the scratch.</summary>
    /// <param name="asset">The symbol.</param>
    /// <param name="first">The first own bar.</param>
    /// <param name="bars">At most <see cref="BlockBars"/>.</param>
    public void Run(int asset, int first, int bars)
    {
        var last = rule.Steps.Length - 1;
        for (var index = 0; index < last; index++)
            if (!rule.IsChoice(index)) Run(index, asset, first, bars, scratch.Slot(index));
        var signals = scratch.Signals[asset];
        Run(last, asset, first, bars, signals);
        if (!rule.IsBounded) Clip(signals, bars * lanes);
    }

    private void Run(int index, int asset, int first, int bars, double* result)
    {
        var step = rule.Steps[index];
        var a = step.Operands.Length > 0 ? scratch.Slot(step.Operands[0]) : null;
        switch (step.Op)
        {
            case RuleOp.Constant:
                if (step.Steady!.Parameters.Length == 0 && result == scratch.Slot(index)) break;
                for (var bar = 0; bar < bars; bar++) new ReadOnlySpan<double>(constants + index * MostLanes, lanes).CopyTo(new Span<double>(result + bar * lanes, lanes));
                break;
            case RuleOp.Column:
                var column = market.Address(step.Column, asset) + first;
                for (var bar = 0; bar < bars; bar++)
                    for (var lane = 0; lane < lanes; lane += VectorArithmetic.Lanes) Vector512.Create(column[bar]).Store(result + bar * lanes + lane);
                break;
            case RuleOp.Function:
                for (var i = 0; i < bars * lanes; i++) result[i] = step.Function!(a[i]);
                break;
            case RuleOp.Ema or RuleOp.Wilder:
                Average(index, asset, a, result, bars);
                break;
            case RuleOp.Latch:
                Latch(Memory(index, asset), a, scratch.Slot(step.Operands[1]), result, bars);
                break;
            case RuleOp.Mean or RuleOp.Deviation or RuleOp.Highest or RuleOp.Lowest or RuleOp.Lag:
                if (windows.Has(step)) fixed (double** columns = &bases[index][asset * MostLanes]) Transposition.Gather(columns, first, result, bars, lanes);
                else if (step.Op == RuleOp.Lag) Lag(index, asset, a, result, first, bars);
                else Stream(index, asset, a, result, bars);
                break;
            case RuleOp.Where when rule.IsChoice(step.Operands[0]):
                var condition = rule.Steps[step.Operands[0]];
                VectorArithmetic.ApplyWhere(condition.Op, scratch.Slot(condition.Operands[0]), scratch.Slot(condition.Operands[1]),
                    scratch.Slot(step.Operands[1]), scratch.Slot(step.Operands[2]), result, bars * lanes);
                break;
            default:
                VectorArithmetic.Apply(step.Op, a, step.Operands.Length > 1 ? scratch.Slot(step.Operands[1]) : a, step.Operands.Length > 2 ? scratch.Slot(step.Operands[2]) : a, result, bars * lanes);
                break;
        }
    }

    /// <summary>Flat where the formula has no value, else within [−1, 1].</summary>
    private static void Clip(double* signals, int count)
    {
        var one = Vector512<double>.One;
        for (var i = 0; i < count; i += VectorArithmetic.Lanes)
        {
            var value = Vector512.Load(signals + i);
            (Vector512.MinNative(Vector512.MaxNative(value, -one), one) & Vector512.Equals(value, value)).Store(signals + i);
        }
    }

    private void Average(int index, int asset, double* x, double* result, int bars)
    {
        var state = Memory(index, asset);
        fixed (double* alpha = alphas[index])
            for (var bar = 0; bar < bars; bar++)
                for (var lane = 0; lane < lanes; lane += VectorArithmetic.Lanes)
                {
                    var value = Vector512.Load(x + bar * lanes + lane);
                    var y = Vector512.Load(state + lane);
                    y = Vector512.ConditionalSelect(Vector512.Equals(y, y), y + Vector512.Load(alpha + lane) * (value - y), value);
                    y.Store(state + lane);
                    y.Store(result + bar * lanes + lane);
                }
    }

    private void Latch(double* state, double* enter, double* leave, double* result, int bars)
    {
        var truth = Vector512.Create(RuleArithmetic.Truth);
        for (var bar = 0; bar < bars; bar++)
            for (var lane = 0; lane < lanes; lane += VectorArithmetic.Lanes)
            {
                var kept = Vector512.AndNot(Vector512.Load(state + lane), Vector512.GreaterThan(Vector512.Load(leave + bar * lanes + lane), truth));
                kept = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Load(enter + bar * lanes + lane), truth), Vector512<double>.One, kept);
                kept.Store(state + lane);
                kept.Store(result + bar * lanes + lane);
            }
    }

    /// <summary>Values of other bars than the present one come from a ring of the newest ones.</summary>
    private void Lag(int index, int asset, double* x, double* result, int first, int bars)
    {
        var ring = Memory(index, asset);
        var rows = MemoryOf(rule.Steps[index]);
        for (var bar = 0; bar < bars; bar++)
        {
            var own = first + bar;
            new ReadOnlySpan<double>(x + bar * lanes, lanes).CopyTo(new Span<double>(ring + own % rows * MostLanes, lanes));
            for (var lane = 0; lane < lanes; lane++)
            {
                var from = Math.Max(0, own - lengths[index][lane]);
                result[bar * lanes + lane] = ring[from % rows * MostLanes + lane];
            }
        }
    }

    /// <summary>A window over a series that depends on the parameters: each lane's own, one after the other.</summary>
    private void Stream(int index, int asset, double* x, double* result, int bars)
    {
        for (var lane = 0; lane < lanes; lane++)
        {
            for (var bar = 0; bar < bars; bar++) scratch.Series[bar] = x[bar * lanes + lane];
            streams[index][asset * MostLanes + lane].Run(scratch.Series.AsSpan(0, bars), scratch.Figures);
            for (var bar = 0; bar < bars; bar++) result[bar * lanes + lane] = scratch.Figures[bar];
        }
    }

    private void SetLength(int index, int lane, int length)
    {
        lengths[index][lane] = length;
        for (var asset = 0; asset < market.OwnSteps.Length; asset++)
        {
            if (bases[index].Length > 0) bases[index][asset * MostLanes + lane] = windows.Address(index, asset, length);
            else if (streams[index].Length > 0) streams[index][asset * MostLanes + lane].Reset(length);
        }
    }

    private bool IsStream(RuleStep step) => step.IsWindow && !windows.Has(step);

    /// <summary>Rows of lanes that an instruction remembers of each symbol.</summary>
    private int MemoryOf(RuleStep step) => step.Op switch
    {
        RuleOp.Ema or RuleOp.Wilder or RuleOp.Latch => 1,
        RuleOp.Lag when IsStream(step) => step.Steady!.Longest + 1,
        _ => 0,
    };

    private double* Memory(int index, int asset) => memory + asset * memoryOfSymbol + memoryStart[index];
}
