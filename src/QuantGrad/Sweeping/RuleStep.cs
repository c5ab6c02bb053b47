namespace QuantGrad.Sweeping;

/// <summary>What an instruction of a hard rule computes; its operands are the results of earlier instructions.</summary>
internal enum RuleOp : byte
{
    /// <summary>A column of the market: a formula without parameters.</summary>
    Column,

    /// <summary>A number that is the same at every bar: a constant, a parameter, or a formula of both.</summary>
    Constant,

    /// <summary>A function of one value without a vector form.</summary>
    Function,
    Negate,
    Absolute,
    Sign,
    SquareRoot,
    Tanh,
    Log,
    Exp,
    Not,
    Add,
    Subtract,
    Multiply,

    /// <summary>A ratio; 0 where the divisor is 0.</summary>
    Divide,
    Power,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
    Minimum,
    Maximum,

    /// <summary>The second operand where the first is true, else the third.</summary>
    Where,

    /// <summary>y += (x − y)·2/(n + 1), from the first x; n is real.</summary>
    Ema,

    /// <summary>Wilder's average y += (x − y)/n, from the first x; n is real.</summary>
    Wilder,

    /// <summary>Mean of the newest n values.</summary>
    Mean,

    /// <summary>Standard deviation of the newest n values, divisor n; 0 below 1e-7 of their size.</summary>
    Deviation,

    /// <summary>Largest of the newest n values.</summary>
    Highest,

    /// <summary>Smallest of the newest n values.</summary>
    Lowest,

    /// <summary>The value of n bars before. Before the first value all windows take it to have stood for ever.</summary>
    Lag,

    /// <summary>1 after the first operand was true, 0 after the second was; the first wins, and it starts at 0.</summary>
    Latch,
}

/// <summary>An instruction.</summary>
/// <param name="Op">What it computes.</param>
/// <param name="Operands">Indices of earlier instructions.</param>
/// <param name="Steady">The number of a <see cref="RuleOp.Constant"/>, or the n of an average or a window.</param>
/// <param name="Function">The function of <see cref="RuleOp.Function"/>.</param>
/// <param name="Column">The column's index of <see cref="RuleOp.Column"/>.</param>
internal sealed record RuleStep(RuleOp Op, int[] Operands, Steady? Steady, Func<double, double>? Function, int Column)
{
    /// <summary>Whether it looks at a number of newest bars that is rounded to a whole one.</summary>
    public bool IsWindow => Op is RuleOp.Mean or RuleOp.Deviation or RuleOp.Highest or RuleOp.Lowest or RuleOp.Lag;

    /// <summary>The n of a window at a point of the box.</summary>
    public int Length(double[] point) => Steady!.Length(point);

    /// <summary>The weight of the newest value in an average at a point of the box, in (0, 1].</summary>
    public double Alpha(double[] point)
    {
        var n = Math.Max(1, Steady!.At(point));
        return Op == RuleOp.Ema ? 2 / (n + 1) : 1 / n;
    }
}

/// <summary>A number that is the same at every bar, as a function of the parameters.</summary>
/// <param name="key">Its formula, by which equal ones are known.</param>
/// <param name="parameters">The parameters that it depends on.</param>
/// <param name="at">Its value at a point of the box.</param>
internal sealed class Steady(string key, int[] parameters, Func<double[], double> at)
{
    /// <summary>Its formula.</summary>
    public string Key => key;

    /// <summary>The parameters that it depends on, by index.</summary>
    public int[] Parameters => parameters;

    /// <summary>Its value at a point of the box.</summary>
    public double At(double[] point) => at(point);

    /// <summary>The longest whole length that it stands for in the box.</summary>
    public int Longest { get; private init; } = 1;

    /// <summary>The shortest.</summary>
    public int Shortest { get; private init; } = 1;

    /// <summary>The whole length at a point: rounded half away from zero.</summary>
    public int Length(double[] point) => (int)Math.Round(Math.Clamp(at(point), Shortest, Longest), MidpointRounding.AwayFromZero);

    /// <summary>Finds the bounds of a length from the corners of the box.</summary>
    /// <param name="lower">The least value of each parameter.</param>
    /// <param name="upper">The largest value of each parameter.</param>
    public Steady Bounded(double[] lower, double[] upper)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var corner = 0; corner < 1 << parameters.Length; corner++)
        {
            var point = (double[])lower.Clone();
            for (var i = 0; i < parameters.Length; i++)
                if ((corner >> i & 1) == 1) point[parameters[i]] = upper[parameters[i]];
            low = Math.Min(low, at(point));
            high = Math.Max(high, at(point));
        }

        return new Steady(key, parameters, at) { Shortest = (int)Math.Max(1, Math.Floor(low)), Longest = (int)Math.Max(1, Math.Ceiling(high)) };
    }
}
