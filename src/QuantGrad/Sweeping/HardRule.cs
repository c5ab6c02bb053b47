using QuantGrad.Rules;

namespace QuantGrad.Sweeping;

/// <summary>
/// A rule with hard steps and whole windows as a flat list of instructions: what the trained rule is at temperature 0, to be evaluated for many parameter sets.
/// </summary>
internal sealed class HardRule
{
    private readonly bool[] isWhole;
    private readonly bool[] isChoice;

    private HardRule(RuleFormula formula)
    {
        Formula = formula;
        Steps = new HardRuleCompiler(formula).Compile();
        isChoice = [.. Steps.Select((step, index) => step.Op is >= RuleOp.Less and <= RuleOp.NotEqual && ReadsOnly(index))];
        isWhole = [.. formula.Settings.Parameters.Select(formula.IsWhole)];
    }

    /// <summary>The formula, read and checked.</summary>
    public RuleFormula Formula { get; }

    /// <summary>The box.</summary>
    public IReadOnlyList<RuleParameter> Parameters => Formula.Settings.Parameters;

    /// <summary>The instructions in an order in which operands come first; the last one is the formula's value.</summary>
    public RuleStep[] Steps { get; }

    /// <summary>Whether the formula's value is within [−1, 1] whatever its parts are.</summary>
    public bool IsBounded => IsUnit(Steps[^1]);

    /// <summary>Compiles a rule.</summary>
    /// <param name="formula">The formula, read and checked.</param>
    /// <exception cref="UsageException">A part of it has no hard form.</exception>
    public static HardRule Compile(RuleFormula formula) => new(formula);

    /// <summary>Whether an instruction is a comparison that nothing reads but one choice, which can make it on the way.</summary>
    public bool IsChoice(int index) => isChoice[index];

    /// <summary>A point of the box as the hard rule takes it.</summary>
    /// <param name="point">A value a parameter, in the file's order.</param>
    public double[] Harden(double[] point) => [.. point.Select((value, parameter) => Harden(parameter, value))];

    /// <summary>A value as the hard rule takes it: what counts bars, or is declared so, is rounded half away from zero.</summary>
    public double Harden(int parameter, double value)
    {
        var box = Parameters[parameter];
        return isWhole[parameter] && box.Min < box.Max ? Math.Clamp(Math.Round(value, MidpointRounding.AwayFromZero), Math.Ceiling(box.Min), Math.Floor(box.Max)) : value;
    }

    /// <summary>Whether a value is the least or the largest that the box allows, where it allows more than one.</summary>
    public bool IsAtEdge(int parameter, double value)
    {
        var (least, most) = (Harden(parameter, Parameters[parameter].Min), Harden(parameter, Parameters[parameter].Max));
        return least < most && (value <= least || value >= most);
    }

    private bool ReadsOnly(int index)
    {
        var readers = Steps.SelectMany(static step => step.Operands.Select((operand, place) => (Step: step, Operand: operand, Place: place))).Where(read => read.Operand == index).ToArray();
        return readers is [{ Step.Op: RuleOp.Where, Place: 0 }];
    }

    private bool IsUnit(RuleStep step) => step switch
    {
        { Op: RuleOp.Constant, Steady: { Parameters: [] } number } => Math.Abs(number.At([])) <= 1,
        { Op: RuleOp.Where } => IsUnit(Steps[step.Operands[1]]) && IsUnit(Steps[step.Operands[2]]),
        { Op: RuleOp.Latch or RuleOp.And or RuleOp.Or or RuleOp.Not or RuleOp.Sign or (>= RuleOp.Less and <= RuleOp.NotEqual) } => true,
        _ => false,
    };
}
