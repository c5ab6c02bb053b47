using QuantGrad.Features.Compilation;
using QuantGrad.Features.Syntax;
using QuantGrad.Indicators;
using QuantGrad.MarketData;

namespace QuantGrad.Features;

/// <summary>Named formulas, compiled together: every common subexpression is computed once.</summary>
public sealed class FeatureSet
{
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
        var nodes = formulas.Select(f => compiler.Compile(new FormulaSource(owner(f.Key), f.Value))).ToArray();
        return new FeatureSet(
            [.. formulas.Keys], [.. formulas.Values], [.. nodes.Select(static n => n.WarmUp)], compiler.Reads, compiler.Program(nodes));
    }

    /// <summary>Computes the features of every symbol on its own bars, cross-sectional ones date by date.</summary>
    /// <param name="panel">The bars.</param>
    /// <param name="threads">Symbols computed at the same time; the values do not depend on it.</param>
    public FeatureTable Compute(Panel panel, int threads = 1) => new BatchComputation(this, panel, threads).Run();
}
