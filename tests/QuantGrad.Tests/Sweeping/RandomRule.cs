using QuantGrad.Tests.Features;

namespace QuantGrad.Tests.Sweeping;

/// <summary>Formulas of a rule from a seed: every function that a rule knows, in any place.</summary>
internal static class RandomRule
{
    private static readonly string[] Binary = ["+", "-", "*", "/"];
    private static readonly string[] Compare = ["<", ">", "<=", ">="];
    private static readonly string[] Averages = ["ema", "smma", "sma", "stdev", "rolling_max", "rolling_min", "lag", "roc", "rsi"];
    private static readonly string[] Functions = ["abs", "sign", "tanh", "sqrt", "log", "exp", "sigmoid", "-"];
    private static readonly string[] Leaves = ["close", "high", "low", "open", "atr(5)", "ret(3)", "$a", "$b", "$g", "2", "0.5", "volume / 100000"];
    private static readonly string[] Lengths = ["$a", "$b", "4", "$a + 2", "$b / 3"];

    public static string Of(ulong seed) => Value(3, ref seed);

    private static string Value(int depth, ref ulong seed)
    {
        if (depth == 0) return Pick(Leaves, ref seed);
        return (int)(9 * Markets.Uniform(ref seed)) switch
        {
            0 => $"({Value(depth - 1, ref seed)} {Pick(Binary, ref seed)} {Value(depth - 1, ref seed)})",
            1 or 2 or 3 => $"{Pick(Averages, ref seed)}(close - {Value(depth - 1, ref seed)}, {Pick(Lengths, ref seed)})",
            4 => $"{Pick(Functions, ref seed)}({Value(depth - 1, ref seed)})",
            5 => $"where({Condition(depth - 1, ref seed)}, {Value(depth - 1, ref seed)}, {Value(depth - 1, ref seed)})",
            6 => $"latch({Condition(depth - 1, ref seed)}, {Condition(depth - 1, ref seed)})",
            7 => $"{(Markets.Uniform(ref seed) < 0.5 ? "min" : "max")}({Value(depth - 1, ref seed)}, {Value(depth - 1, ref seed)})",
            _ => $"clip({Value(depth - 1, ref seed)} / atr($a), -1, $g)",
        };
    }

    private static string Condition(int depth, ref ulong seed) => (int)(5 * Markets.Uniform(ref seed)) switch
    {
        0 => $"cross_above({Value(depth, ref seed)}, {Value(depth, ref seed)})",
        1 => $"({Comparison(depth, ref seed)} and not {Comparison(depth, ref seed)})",
        2 => $"({Comparison(depth, ref seed)} or cross_below({Value(depth, ref seed)}, {Value(depth, ref seed)}))",
        _ => Comparison(depth, ref seed),
    };

    private static string Comparison(int depth, ref ulong seed) => $"({Value(depth, ref seed)} {Pick(Compare, ref seed)} {Value(depth, ref seed)})";

    private static string Pick(string[] from, ref ulong seed) => from[(int)(from.Length * Markets.Uniform(ref seed))];
}
