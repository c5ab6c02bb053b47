using QuantGrad.Features;
using QuantGrad.Strategies;

namespace QuantGrad.Sweeping;

/// <summary>
/// A rule with hard steps and whole windows as a flat list of instructions: what the soft rule becomes at temperature 0, evaluated for many parameter sets.
/// </summary>
internal sealed class HardRule
{
    private HardRule(RuleSettings settings, RuleStep[] steps, FeatureSet columns)
    {
        Settings = settings;
        Steps = steps;
        Columns = columns;
    }

    /// <summary>The formula and the box of its parameters.</summary>
    public RuleSettings Settings { get; }

    /// <summary>The instructions in an order in which operands come first; the last one is the formula's value.</summary>
    public RuleStep[] Steps { get; }

    /// <summary>The parts without parameters, computed once for a market.</summary>
    public FeatureSet Columns { get; }

    /// <summary>The bars of a symbol before its first decision: along the longest path, the longest look-backs of the box.</summary>
    public int WarmUp => Steps[^1].WarmUp;

    /// <summary>Whether the formula's value is within [−1, 1] whatever its parts are.</summary>
    public bool IsBounded => IsUnit(Steps[^1]);

    /// <summary>The parameters as the file starts them, in the order of the settings.</summary>
    public double[] Start => [.. Settings.Parameters.Select(static parameter => parameter.Init)];

    /// <summary>Compiles a rule.</summary>
    /// <param name="settings">Formula and parameters.</param>
    /// <param name="barInterval">The time from bar to bar, by which lengths such as <c>20d</c> become bars.</param>
    /// <exception cref="UsageException">The formula cannot be read, or a parameter stands where none can.</exception>
    public static HardRule Compile(RuleSettings settings, TimeSpan barInterval)
    {
        var compiler = new RuleCompiler(settings, barInterval);
        var steps = compiler.Compile();
        var columns = FeatureSet.Parse(compiler.Columns, barInterval, formula => $"{RuleCompiler.Owner}, in {formula}");
        var warmed = new RuleStep[steps.Count];
        for (var i = 0; i < warmed.Length; i++)
        {
            var step = steps[i];
            var before = step.Operands.Length == 0 ? 0 : step.Operands.Max(operand => warmed[operand].WarmUp);
            warmed[i] = step with { WarmUp = step.Op == RuleOp.Column ? columns.WarmUps[step.Column] : before + LookBack(step) };
        }

        return new HardRule(settings, warmed, columns);
    }

    private bool IsUnit(RuleStep step) => step switch
    {
        { Op: RuleOp.Constant, Steady: { Parameters: [] } number } => Math.Abs(number.At([])) <= 1,
        { Op: RuleOp.Where } => IsUnit(Steps[step.Operands[1]]) && IsUnit(Steps[step.Operands[2]]),
        { Op: RuleOp.Latch or RuleOp.And or RuleOp.Or or RuleOp.Not or RuleOp.Sign or (>= RuleOp.Less and <= RuleOp.NotEqual) } => true,
        _ => false,
    };

    private static int LookBack(RuleStep step) => step.Op switch
    {
        RuleOp.Lag => step.Steady!.Bounds.Most,
        RuleOp.Ema or RuleOp.Wilder or RuleOp.Mean or RuleOp.Deviation or RuleOp.Highest or RuleOp.Lowest => step.Steady!.Bounds.Most - 1,
        _ => 0,
    };
}
