using QuantGrad.MarketData;

namespace QuantGrad.Accounting;

/// <summary>
/// What a weight decided at each step earns, given when it is filled: the returns of CONTRACT §5 laid out for <see cref="PortfolioAccounting"/>,
/// time-major <c>[T, A]</c>. A symbol without a bar earns nothing that day and cannot be traded; its next return runs from its last known close. What lies beyond the
/// panel is unknown: it is not traded there and returns are 0.
/// </summary>
internal sealed class ExecutionTable
{
    private ExecutionTable(int steps, int assets, int outcomeBars)
    {
        Steps = Math.Max(0, steps - outcomeBars);
        Assets = assets;
        OutcomeBars = outcomeBars;
        Gap = new double[steps * assets];
        Hold = new double[steps * assets];
        Executable = new bool[steps * assets];
    }

    /// <summary>The number of steps with an outcome: the panel's dates less <see cref="OutcomeBars"/>.</summary>
    public int Steps { get; }

    /// <summary>A.</summary>
    public int Assets { get; }

    /// <summary>The result of step t is dated t + OutcomeBars: 1, or 2 for <see cref="Fill.NextClose"/>.</summary>
    public int OutcomeBars { get; }

    /// <summary>Return from the close of the decision to the fill, earned by the old weights.</summary>
    public double[] Gap { get; }

    /// <summary>Return of the new weights from the fill to the close that the row is dated.</summary>
    public double[] Hold { get; }

    /// <summary>Whether the symbol trades at the moment of the fill.</summary>
    public bool[] Executable { get; }

    /// <summary>
    /// How many bars must lie between the last training decision and the next window so that no outcome reaches into it:
    /// the horizon (1) and the execution lag.
    /// </summary>
    public static int PurgeBars(Fill fill) => fill == Fill.Close ? 1 : 2;

    /// <summary>Lays out the returns.</summary>
    /// <exception cref="PriceDataException"><see cref="Fill.NextOpen"/> on a symbol without opens.</exception>
    public static ExecutionTable Build(Panel panel, Fill fill)
    {
        if (fill == Fill.NextOpen && panel.SymbolWithoutOpens is { } symbol)
            throw new PriceDataException($"execution.fill is next_open, but the prices of {symbol} have no opens; use fill: next_close (or close).");
        var outcomeBars = fill == Fill.NextClose ? 2 : 1;
        var table = new ExecutionTable(panel.Steps, panel.Assets, outcomeBars);
        for (var asset = 0; asset < panel.Assets; asset++) table.Lay(panel, fill, asset);
        return table;
    }

    private void Lay(Panel panel, Fill fill, int asset)
    {
        var close = panel.Close[asset];
        var open = panel.Open[asset];
        bool HasBar(int step) => step < close.Length && !double.IsNaN(close[step]);
        var lastClose = double.NaN;
        for (var step = 0; step < panel.Steps; step++)
        {
            var start = fill == Fill.NextClose ? step + 1 : step;
            if (start > step && step == 0 && !double.IsNaN(close[0])) lastClose = close[0];
            if (HasBar(start)) lastClose = close[start];
            var cell = step * Assets + asset;
            Executable[cell] = HasBar(fill == Fill.NextOpen ? step + 1 : start);
            if (!HasBar(start + 1) || double.IsNaN(lastClose)) continue;
            var next = close[start + 1];

            if (fill == Fill.NextOpen)
            {
                // A bar without an open of its own fills at its close: the old weights earn the whole bar.
                var filled = double.IsNaN(open[step + 1]) ? next : open[step + 1];
                Gap[cell] = filled / lastClose - 1;
                Hold[cell] = next / filled - 1;
            }
            else
            {
                Hold[cell] = next / lastClose - 1;
            }
        }
    }
}
