using QuantGrad.Features.Compilation;
using QuantGrad.MarketData;

namespace QuantGrad.Features;

/// <summary>
/// The features bar by bar, for a server: the same instructions as <see cref="FeatureSet.Compute"/>, so the same values bit for bit.
/// Not for use from several threads at once. No allocation a bar.
/// </summary>
public sealed class FeatureStream
{
    private readonly FeatureProgram program;
    private readonly SymbolState[] states;
    private readonly double[] exchanged;
    private readonly double[] scratch;
    private readonly int features;
    private readonly int symbolColumn;
    private readonly double[] places;

    /// <summary>A stream without history.</summary>
    /// <param name="set">The formulas.</param>
    /// <param name="assets">A, the number of symbols.</param>
    /// <param name="symbols">Their names, <c>[A]</c>; needed where a feature is the symbol's place in a list.</param>
    public FeatureStream(FeatureSet set, int assets, IReadOnlyList<string>? symbols = null)
    {
        symbolColumn = set.SymbolColumn;
        places = symbolColumn < 0 ? [] : set.PlacesOf(symbols ?? throw new ArgumentNullException(nameof(symbols), "A feature is the symbol's place in a list: say the symbols."));
        program = set.Program;
        features = set.Names.Length;
        states = new SymbolState[assets];
        for (var asset = 0; asset < assets; asset++) states[asset] = new SymbolState(program);
        exchanged = new double[assets];
        scratch = new double[assets];
    }

    /// <summary>A, the number of symbols.</summary>
    public int Assets => states.Length;

    /// <summary>Takes the next date's bars of all symbols.</summary>
    /// <param name="bars">One bar a symbol, <c>[A]</c>; a close of NaN means that the symbol has none.</param>
    /// <param name="values">Receives the features, <c>[A, F]</c>; NaN where undefined.</param>
    public void Advance(ReadOnlySpan<Bar> bars, Span<double> values)
    {
        if (bars.Length != states.Length) throw new ArgumentException($"Found {bars.Length} bars, expected one for each of {states.Length} symbols.", nameof(bars));
        if (values.Length != states.Length * features) throw new ArgumentException($"Found room for {values.Length} values, expected {states.Length * features}.", nameof(values));
        for (var stage = 0; stage < program.Stages.Length; stage++)
        {
            for (var asset = 0; asset < states.Length; asset++)
                if (!double.IsNaN(bars[asset].Close)) states[asset].Run(stage, bars[asset]);
            foreach (var cross in program.CrossSections[stage]) Exchange(cross, bars);
        }
        for (var asset = 0; asset < states.Length; asset++) Write(asset, !double.IsNaN(bars[asset].Close), values.Slice(asset * features, features));
    }

    /// <summary>Undefined instead of infinite.</summary>
    internal static double Defined(double value) => double.IsFinite(value) ? value : double.NaN;

    private void Write(int asset, bool hasBar, Span<double> row)
    {
        for (var feature = 0; feature < row.Length; feature++)
            row[feature] = hasBar ? Defined(states[asset].Values[program.Outputs[feature]]) : double.NaN;
        if (hasBar && symbolColumn >= 0) row[symbolColumn] = places[asset];
    }

    private void Exchange(CrossSection cross, ReadOnlySpan<Bar> bars)
    {
        for (var asset = 0; asset < states.Length; asset++)
            exchanged[asset] = double.IsNaN(bars[asset].Close) ? double.NaN : Defined(states[asset].Values[cross.Operand]);
        CrossSection.Apply(cross.Kind, exchanged, scratch);
        for (var asset = 0; asset < states.Length; asset++) states[asset].Values[cross.Result] = exchanged[asset];
    }
}
