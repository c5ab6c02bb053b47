using QuantGrad.Features.Compilation;
using QuantGrad.Features.Syntax;
using QuantGrad.Indicators;
using QuantGrad.MarketData;

namespace QuantGrad.Features;

/// <summary>Named formulas, compiled together: every common subexpression is computed once.</summary>
public sealed class FeatureSet
{
    /// <summary>The formula of a feature that is no number of the bar but the symbol's place in a list: the input of an embedding.</summary>
    public const string SymbolFormula = "symbol()";

    private FeatureSet(string[] names, string[] formulas, int[] warmUps, Inputs reads, FeatureProgram program)
    {
        Names = names;
        Formulas = formulas;
        WarmUps = warmUps;
        Reads = reads;
        Program = program;
    }

    /// <summary>The features' names, <c>[F]</c>.</summary>
    public string[] Names { get; }

    /// <summary>Their formulas as written, <c>[F]</c>.</summary>
    public string[] Formulas { get; }

    /// <summary>For each feature, the bars of a symbol before its first value: bar number WarmUps[f], from 0, is the first that may be defined.</summary>
    public int[] WarmUps { get; }

    /// <summary>The longest warm-up.</summary>
    public int WarmUp => WarmUps.Length == 0 ? 0 : WarmUps.Max();

    /// <summary>What the formulas read of a bar.</summary>
    public Inputs Reads { get; }

    /// <summary>Whether any formula compares symbols, so that a symbol cannot be computed alone.</summary>
    public bool HasCrossSection => Program.Stages.Length > 1;

    internal FeatureProgram Program { get; }

    /// <summary>The place of the feature <see cref="SymbolFormula"/>; −1 without one.</summary>
    internal int SymbolColumn => Array.IndexOf(Formulas, SymbolFormula);

    /// <summary>The symbols in the order of their places; null for those of the panel.</summary>
    private IReadOnlyList<string>? Known { get; init; }

    /// <summary>The same features, with the list that gives a symbol its place.</summary>
    public FeatureSet WithSymbols(IReadOnlyList<string> symbols) => new(Names, Formulas, WarmUps, Reads, Program) { Known = symbols };

    /// <summary>The place of each symbol; −1 for one that is not in the list.</summary>
    internal double[] PlacesOf(IReadOnlyList<string> symbols)
    {
        var places = (Known ?? symbols).Index().ToDictionary(pair => pair.Item, pair => (double)pair.Index, StringComparer.Ordinal);
        return [.. symbols.Select(symbol => places.GetValueOrDefault(symbol, -1))];
    }

    /// <summary>Reads and compiles formulas.</summary>
    /// <param name="formulas">Name and formula of each feature, in order.</param>
    /// <param name="barInterval">The time from bar to bar, by which lengths such as <c>20d</c> become bars; a day for daily bars.</param>
    /// <exception cref="UsageException">A formula cannot be read, or looks ahead; the message points at the character.</exception>
    public static FeatureSet Parse(IReadOnlyDictionary<string, string> formulas, TimeSpan barInterval) =>
        Parse(formulas, barInterval, static name => $"feature '{name}'");

    /// <summary>The same, with the words that name a formula in messages.</summary>
    internal static FeatureSet Parse(IReadOnlyDictionary<string, string> formulas, TimeSpan barInterval, Func<string, string> owner)
    {
        if (barInterval <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(barInterval), barInterval, "A bar lasts longer than nothing.");
        var compiler = new Compiler(barInterval);
        var nodes = formulas.Select(f => compiler.Compile(new FormulaSource(owner(f.Key), f.Value == SymbolFormula ? "0" : f.Value))).ToArray();
        return new FeatureSet(
            [.. formulas.Keys], [.. formulas.Values], [.. nodes.Select(static n => n.WarmUp)], compiler.Reads, compiler.Program(nodes));
    }

    /// <summary>Computes the features of every symbol on its own bars, cross-sectional ones date by date.</summary>
    /// <param name="panel">The bars.</param>
    /// <param name="threads">Symbols computed at the same time; the values do not depend on it.</param>
    public FeatureTable Compute(Panel panel, int threads = 1)
    {
        var table = new BatchComputation(this, panel, threads).Run();
        if (SymbolColumn is >= 0 and var column)
        {
            var places = PlacesOf(panel.Symbols);
            for (var step = 0; step < panel.Steps; step++)
                for (var asset = 0; asset < panel.Assets; asset++)
                    if (panel.HasBar(step, asset)) table.Row(step, asset)[column] = places[asset];
        }

        return table;
    }
}
