namespace QuantGrad.Sweeping;

/// <summary>The values of instructions that look at one bar: the plain form that the vectors must agree with.</summary>
internal static class RuleArithmetic
{
    /// <summary>Above this a condition is true.</summary>
    public const double Truth = 0.5;

    /// <summary>A variance below this share of the squared mean is rounding, and taken as 0, as in the soft rule.</summary>
    public const double FlatVariance = 1e-14;

    /// <summary>The value of an instruction that has no memory.</summary>
    public static double Apply(RuleOp op, double a, double b = 0, double c = 0) => op switch
    {
        RuleOp.Negate => -a,
        RuleOp.Absolute => Math.Abs(a),
        RuleOp.Sign => a > 0 ? 1 : a < 0 ? -1 : 0,
        RuleOp.SquareRoot => a > 0 ? Math.Sqrt(a) : 0,
        RuleOp.Tanh => Math.Tanh(a),
        RuleOp.Log => a > 0 ? Math.Log(a) : 0,
        RuleOp.Exp => Math.Exp(a),
        RuleOp.Not => a > Truth ? 0 : 1,
        RuleOp.Add => a + b,
        RuleOp.Subtract => a - b,
        RuleOp.Multiply => a * b,
        RuleOp.Divide => b == 0 ? 0 : a / b,
        RuleOp.Power => Math.Pow(a, b) is var power && double.IsFinite(power) ? power : 0,
        RuleOp.Less => a < b ? 1 : 0,
        RuleOp.LessOrEqual => a <= b ? 1 : 0,
        RuleOp.Greater => a > b ? 1 : 0,
        RuleOp.GreaterOrEqual => a >= b ? 1 : 0,
        RuleOp.Equal => a == b ? 1 : 0,
        RuleOp.NotEqual => a == b ? 0 : 1,
        RuleOp.And => a > Truth && b > Truth ? 1 : 0,
        RuleOp.Or => a > Truth || b > Truth ? 1 : 0,
        RuleOp.Minimum => Math.Min(a, b),
        RuleOp.Maximum => Math.Max(a, b),
        RuleOp.Where => a > Truth ? b : c,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "The instruction has a memory."),
    };

    /// <summary>A signal from the formula's value: within [−1, 1], and flat where the formula has no value.</summary>
    public static double Signal(double value) => double.IsNaN(value) ? 0 : Math.Min(Math.Max(value, -1), 1);
}
