using QuantGrad.Sweeping.Lanes;
using QuantGrad.Training;

namespace QuantGrad.Sweeping;

/// <summary>
/// Evaluates many parameter sets of one hard rule over one market through the accounting, eight to a vector. Figures do not depend on the number of threads,
/// nor on which sets share a vector.
/// </summary>
internal sealed class LaneSweep : IDisposable
{
    /// <summary>Groups that walk together: what they remember stays in the second cache.</summary>
    private const int MostGroups = 16;

    /// <summary>What the groups of a thread may remember together.</summary>
    private const long MostBytes = 1L << 27;

    private readonly HardRule rule;
    private readonly SweepMarket market;
    private readonly WindowColumns windows;

    /// <summary>Prepares a sweep.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="market">The market.</param>
    public LaneSweep(HardRule rule, SweepMarket market)
    {
        this.rule = rule;
        this.market = market;
        windows = new WindowColumns(rule, market);
    }

    /// <inheritdoc/>
    public void Dispose() => windows.Dispose();

    /// <summary>The figures of every parameter set over every window, each window starting flat: <c>[points][windows]</c>.</summary>
    /// <param name="points">Parameter sets, each in the order of the settings.</param>
    /// <param name="ranges">Stretches of decisions, each within the steps with an outcome.</param>
    /// <param name="threads">Threads, at least 1.</param>
    /// <param name="cancellation">Looked at between groups of parameter sets.</param>
    public SweepFigures[][] Run(double[][] points, BarRange[] ranges, int threads, CancellationToken cancellation = default)
    {
        var results = new SweepFigures[points.Length][];
        var groups = (points.Length + LaneProgram.MostLanes - 1) / LaneProgram.MostLanes;
        var most = (int)Math.Clamp(MostBytes / (rule.Steps.Sum(RememberedBytes) * LaneProgram.MostLanes * market.Assets + 1), 1, MostGroups);
        var share = Math.Clamp((groups + Math.Max(1, threads) - 1) / Math.Max(1, threads), 1, most);
        var batches = (groups + share - 1) / share;
        if (threads == 1) for (var batch = 0; batch < batches; batch++) Work(batch);
        else Parallel.For(0, batches, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, Work);
        return results;

        void Work(int batch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var memory = new LaneMemory();
            var scratch = new LaneScratch(rule, market.Assets, memory);
            var members = new Group[Math.Min(share, groups - batch * share)];
            for (var i = 0; i < members.Length; i++)
            {
                var first = (batch * share + i) * LaneProgram.MostLanes;
                var count = Math.Min(LaneProgram.MostLanes, points.Length - first);
                var program = new LaneProgram(rule, market, windows, scratch, memory);
                members[i] = new Group(first, count, program, Array.ConvertAll(ranges, range => new LaneBooks(market, range, memory)));
                var lanes = program.Load(points.AsSpan(first, count));
                foreach (var books in members[i].Books) books.Reset(lanes);
            }

            Walk(members, scratch, ranges.Max(static range => range.End));
            foreach (var member in members)
                for (var lane = 0; lane < member.Count; lane++) results[member.First + lane] = Array.ConvertAll(member.Books, books => books.FiguresOf(lane));
        }
    }

    /// <summary>Of one lane and symbol; a window's summaries take up to three numbers a bar.</summary>
    private long RememberedBytes(RuleStep step) =>
        step.IsWindow && !windows.Has(step) ? 3L * sizeof(double) * step.Steady!.Longest : step.Op >= RuleOp.Ema ? sizeof(double) : 0;

    /// <summary>Parameter sets that share vectors.</summary>
    private readonly record struct Group(int First, int Count, LaneProgram Program, LaneBooks[] Books);

    /// <summary>
    /// One walk over the calendar, block by block: every group through the rule and then through its books, while the block's prices are in the first cache.
    /// </summary>
    private unsafe void Walk(Group[] groups, LaneScratch scratch, int end)
    {
        var (first, next) = (new int[market.Assets], new int[market.Assets]);
        for (var block = 0; block < end; block += LaneProgram.BlockBars)
        {
            var blockEnd = Math.Min(end, block + LaneProgram.BlockBars);
            for (var asset = 0; asset < next.Length; asset++)
            {
                first[asset] = next[asset];
                var own = market.OwnSteps[asset];
                while (next[asset] < own.Length && own[next[asset]] < blockEnd) next[asset]++;
            }

            foreach (var group in groups)
            {
                for (var asset = 0; asset < next.Length; asset++)
                    if (next[asset] > first[asset]) group.Program.Run(asset, first[asset], next[asset] - first[asset]);
                foreach (var books in group.Books)
                {
                    var (from, to) = (Math.Max(block, books.Window.Start), Math.Min(blockEnd, books.Window.End));
                    if (from < to) books.Advance(from, to, scratch.Signals, first);
                }
            }
        }
    }
}
