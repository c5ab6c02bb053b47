namespace QuantGrad.Serving.Signals;

/// <summary>The position of one symbol.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Signal">The model's output; NaN where there is nothing to decide on.</param>
/// <param name="Weight">Target weight as a fraction of equity; NaN where the signal is.</param>
/// <param name="Bars">Bars of the symbol that were used.</param>
/// <param name="LastBar">The date of its newest bar.</param>
internal readonly record struct SignalRow(string Symbol, float Signal, double Weight, int Bars, DateTime LastBar);

/// <summary>What the user should know about a position.</summary>
/// <param name="Code">One word for programs: <c>expired</c>, <c>seen</c>, <c>stale_bar</c>, <c>history_short</c>, <c>drift</c>, <c>unknown_symbol</c>, <c>missing_symbol</c>, <c>defect</c>.</param>
/// <param name="Symbol">The symbol; null for the whole answer.</param>
/// <param name="Message">One sentence for people.</param>
internal readonly record struct SignalWarning(string Code, string? Symbol, string Message);
