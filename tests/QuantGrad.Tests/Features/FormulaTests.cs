using QuantGrad.Features;

namespace QuantGrad.Tests.Features;

/// <summary>The formula language: what expressions mean, and what is said of wrong ones.</summary>
public sealed class FormulaTests
{
    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("-2 ^ 2", -4)]
    [InlineData("2 ^ 3 ^ 2", 512)]
    [InlineData("2 ^ -1", 0.5)]
    [InlineData("8 / 4 / 2", 1)]
    [InlineData("7 - 4 - 2", 1)]
    [InlineData("6 − 2 × 3 ÷ 2", 3)]
    [InlineData("1.5e2 + .5", 150.5)]
    [InlineData("not 1 > 2 and 3 >= 3", 1)]
    [InlineData("1 > 2 or 2 != 2 or 0", 0)]
    [InlineData("where(close == 100, 4, 5)", 4)]
    [InlineData("if(close < 100, 4, 1/0 + 5)", double.NaN)]
    [InlineData("if(close == 100, 4, 1/0)", 4)]
    [InlineData("min(3, close, 2) + max(1, 2, 3)", 5)]
    [InlineData("clip(close, -1, 1)", 1)]
    [InlineData("sign(-close) + abs(-3)", 2)]
    [InlineData("is_defined(sma(5))", 0)]
    [InlineData("day_of_week()", 0)]
    [InlineData("month_cos", 1)]
    [InlineData("tanh(0) + exp(0) + sqrt(9) + log(1) + sigmoid(0) + floor(1.5) + ceil(1.5)", 7.5)]
    public void Parse_Expression_HasTheUsualMeaning(string formula, double expected) =>
        Assert.Equal(expected, FeatureTests.ValueOf(formula));

    [Theory]
    [InlineData("rsy(14)", 1, "'rsy' is not known; did you mean 'rsi'?")]
    [InlineData("1 + clsoe", 5, "did you mean 'close'?")]
    [InlineData("macd(12,26,9).histgram", 15, "did you mean 'histogram'?")]
    [InlineData("ema(lookback_perods=5)", 5, "did you mean 'lookback_periods'?")]
    [InlineData("ema(", 4, "not closed")]
    [InlineData("(1 + 2", 1, "not closed")]
    [InlineData("1 +", 4, "the end of the formula was not expected")]
    [InlineData("1 2", 3, "'2' was not expected")]
    [InlineData("", 1, "empty")]
    [InlineData("close # 2", 7, "no meaning")]
    [InlineData("close && open", 7, "write and, or")]
    [InlineData("1 < 2 < 3", 7, "do not chain")]
    [InlineData("close = 3", 7, "==")]
    [InlineData("ema(20x)", 7, "not a unit of time")]
    [InlineData("lag(close, -1)", 12, "may only look back")]
    [InlineData("ret(-5)", 5, "may only look back")]
    [InlineData("sma(0)", 5, "between 1 and 100000")]
    [InlineData("sma(2.5)", 5, "whole number")]
    [InlineData("sma()", 1, "needs lookback_periods")]
    [InlineData("sma(20, 3)", 9, "one more")]
    [InlineData("sma(close, open)", 12, "must be a number")]
    [InlineData("macd(26, 12)", 1, "fast_periods must be smaller")]
    [InlineData("ema(lookback_periods=5, 3)", 25, "cannot follow")]
    [InlineData("atr(close/2, 5)", 5, "cannot be computed on another series")]
    [InlineData("rsi", 1, "must be called")]
    [InlineData("close(1)", 1, "is a series")]
    [InlineData("close - $entry", 9, "rule's parameter")]
    [InlineData("abs(1, 2)", 1, "takes 1 argument")]
    [InlineData("abs(close).field", 12, "has no fields")]
    [InlineData("zigzag(5)", 1, "looks ahead")]
    [InlineData("fractal(2)", 1, "looks ahead")]
    [InlineData("dpo(14)", 1, "looks ahead")]
    [InlineData("renko(1)", 1, "refused")]
    [InlineData("lead(close, 1)", 1, "lag(x, n)")]
    public void Parse_WrongFormula_PointsAtTheCharacter(string formula, int character, string says)
    {
        var error = Assert.Throws<UsageException>(() => FeatureTests.Parse(formula));
        Assert.Equal(2, error.ExitCode);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("feature 'f0': ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"\n  {new string(' ', character - 1)}^ (character {character})", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_HostileFormula_IsRefusedWithoutOverflow()
    {
        Assert.Throws<UsageException>(() => FeatureTests.Parse(new string('(', 3000)));
        Assert.Throws<UsageException>(() => FeatureTests.Parse(new string('-', 3000) + "1"));
        Assert.Throws<UsageException>(() => FeatureTests.Parse("1" + string.Concat(Enumerable.Repeat("+1", 1500))));
        Assert.Throws<UsageException>(() => FeatureTests.Parse("1" + string.Concat(Enumerable.Repeat("^1", 1500))));
        Assert.Throws<UsageException>(() => FeatureTests.Parse(new string('1', 5000)));
        Assert.Throws<UsageException>(() => FeatureTests.Parse("1e999"));
    }

    [Theory]
    [InlineData("sma(20d)", 1, 19)]
    [InlineData("sma(4w)", 1, 19)]
    [InlineData("sma(20b)", 1, 19)]
    [InlineData("sma(1d)", 24, 23)]
    [InlineData("sma(36h)", 4, 5)]
    [InlineData("sma(30m)", 288, 5)]
    [InlineData("ret(5d + 1)", 1, 6)]
    public void Parse_Duration_BecomesBarsByTheInterval(string formula, int barsPerDay, int warmUp) =>
        Assert.Equal(warmUp, FeatureSet.Parse(new Dictionary<string, string> { ["x"] = formula }, TimeSpan.FromDays(1) / barsPerDay).WarmUp);

    [Theory]
    [InlineData("ema(close, lookback_periods=3)", "ema(3)")]
    [InlineData("EMA(lookbackPeriods = 3)", "ema(3)")]
    [InlineData("bb(5, 2).percentB", "bollinger_bands(5).percent_b")]
    [InlineData("stoch(3).k", "stoch(3, 3, 3).oscillator")]
    [InlineData("lag(close)", "lag(close, 1)")]
    public void Parse_OtherSpelling_IsTheSameFeature(string left, string right)
    {
        var set = FeatureTests.Parse(left, right);
        Assert.Equal(set.Program.Outputs[0], set.Program.Outputs[1]);
    }
}
