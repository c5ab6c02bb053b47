namespace QuantGrad.Training;

/// <summary>
/// The rows that a model which looks along time sees for a window: for each symbol the usable rows of the window, one after another, and before them its lead-in,
/// the newest usable rows before the window that its positions still depend on. A hole in the calendar is no row.
/// </summary>
/// <param name="FirstStep">The first step, lead-in included, by index into the calendar.</param>
/// <param name="Lead">Steps of the lead-in: of the symbol whose rows reach furthest back.</param>
/// <param name="Bars">The place of each cell among its symbol's rows, 0, 1, 2 … in order of time; −1 for a cell that is none. <c>[T, A]</c> with the lead-in.</param>
internal sealed record OwnBarRows(int FirstStep, int Lead, double[] Bars)
{
    /// <summary>Finds the rows.</summary>
    /// <param name="view">What is known.</param>
    /// <param name="assets">The symbols, by index.</param>
    /// <param name="window">The window's steps.</param>
    /// <param name="memory">Usable rows of each symbol before the window that are taken at most.</param>
    public static OwnBarRows Of(MarketView view, ReadOnlySpan<int> assets, BarRange window, int memory)
    {
        var usable = view.Usable.Span;
        var starts = new int[assets.Length];
        for (var column = 0; column < assets.Length; column++)
        {
            starts[column] = window.Start;
            var rows = 0;
            for (var step = window.Start - 1; step >= 0 && rows < memory; step--)
            {
                if (!usable[step * view.Assets + assets[column]]) continue;
                starts[column] = step;
                rows++;
            }
        }

        var first = starts.Append(window.Start).Min();
        var bars = new double[Math.Max(0, window.End - first) * assets.Length];
        for (var column = 0; column < assets.Length; column++)
        {
            var bar = 0;
            for (var step = first; step < window.End; step++)
                bars[(step - first) * assets.Length + column] = step >= starts[column] && usable[step * view.Assets + assets[column]] ? bar++ : -1;
        }

        return new OwnBarRows(first, window.Start - first, bars);
    }
}
