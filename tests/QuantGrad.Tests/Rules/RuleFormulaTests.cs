using QuantGrad.Rules;
using QuantGrad.Strategies;

namespace QuantGrad.Tests.Rules;

/// <summary>What a rule's formula may say, and how it is told what is wrong.</summary>
public class RuleFormulaTests
{
    private static readonly RuleParameter N = new("n", 10, 2, 60);
    private static readonly RuleParameter K = new("k", 1, 0, 2);

    [Fact]
    public void Inputs_AreTheLargestPartsWithoutAParameter()
    {
        var formula = RuleFormula.Parse(new RuleSettings([N, K], "tanh($k * (ema(close, $n) - sma(close, 50)) / atr(20)) * mom"), ["mom"], hasNetwork: false);

        Assert.Equal([("close", "close"), ("input2", "sma(close, 50)"), ("input3", "atr(20)")], formula.Inputs);
    }

    [Theory]
    [InlineData("ema(close, $m) * $k * $n", "$m is not among")]
    [InlineData("ema(close, $n)", "$k is declared")]
    [InlineData("sma(close, 10) / close", "no parameter stands in the formula")]
    [InlineData("$k * hurst(close, $n)", "hurst has no differentiable form")]
    [InlineData("$k * sma(close, close * $n)", "must be a number or made of parameters")]
    [InlineData("$k * sma(close, $n - 5)", "expected 1")]
    [InlineData("$k * (close and ema(close, $n) > 1)", "a condition is expected")]
    [InlineData("$k * floor(ema(close, $n))", "floor has no differentiable form")]
    [InlineData("$k * (ema(close, $n) == close)", "has no differentiable form")]
    [InlineData("$k * emma(close, $n)", "did you mean")]
    [InlineData("$k * network * ema(close, $n)", "network stands for model.network")]
    [InlineData("$k * latch(ema(close, $n) > close)", "latch takes 2 arguments")]
    [InlineData("$k * bb($n).no_such", "no differentiable form")]
    [InlineData("$k * ema(close, $n, 3)", "takes no such argument")]
    [InlineData("$k * (ema(close, $n)", "not closed")]
    [InlineData("cross_above($k, $n)", "nothing of the prices stands in the formula")]
    public void Parse_WrongFormula_SaysWhatAndWhere(string position, string expected)
    {
        var fault = Assert.Throws<UsageException>(() => RuleFormula.Parse(new RuleSettings([N, K], position, Where: "x.yaml, line 7"), [], hasNetwork: false).Span());

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("x.yaml, line 7: model.rule.position", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Span_LongestLookBackOfTheBox_IsTheWarmUp()
    {
        var (warmUp, memory) = RuleFormula.Parse(new RuleSettings([N, K], "$k * sign(sma(close, $n) - lag(sma(close, $n * 2), 5))"), [], hasNetwork: false).Span();

        Assert.Equal(124, warmUp);
        Assert.Equal(124, memory);
    }

    [Fact]
    public void Parse_File_RuleKeysAndDefaults()
    {
        var strategy = StrategyFile.Parse(
            """
            name: rule
            data: { path: prices.csv }
            model:
              rule:
                parameters:
                  n: { init: 10, min: 2, max: 60, integer: true, scale: linear }
                position: tanh(ema(close, $n) / close - 1)
                harden: false
                starts: 3
            walk_forward: { train: 5y, test: 1y }
            """,
            "rule.yaml");

        Assert.Equal([new RuleParameter("n", 10, 2, 60, Integer: true, ParameterScale.Linear)], strategy.Model.Rule!.Parameters);
        Assert.False(strategy.Model.Rule.Harden);
        Assert.Equal(3, strategy.Model.Rule.Starts);
        Assert.Equal(strategy.Hash(), StrategyFile.Parse(strategy.ToCanonicalJson(), "again.json").Hash());
    }

    [Fact]
    public void RuleFormula_EveryParameterHeld_SaysThatNothingCouldBeTrained()
    {
        var strategy = StrategyFile.Parse(
            """
            name: rule
            data: { path: prices.csv }
            model:
              rule:
                parameters: { n: { init: 5, min: 5, max: 5 } }
                position: sign(close - sma(close, $n))
            walk_forward: { train: 5y, test: 1y }
            """,
            "rule.yaml");
        var fault = Assert.Throws<UsageException>(() => strategy.CompileFeatures(TimeSpan.FromDays(1)));
        Assert.Contains("nothing could be trained", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ init: 10, min: 0, max: 60, scale: log }", "min above 0")]
    [InlineData("{ init: 70, min: 1, max: 60 }", "min <= init <= max")]
    [InlineData("{ init: 10, min: 1, max: 60, scael: log }", "did you mean")]
    [InlineData("{ init: 5.5, min: 5.2, max: 5.7, integer: true }", "a box with a whole number in it")]
    public void Parse_File_WrongParameter_IsRefused(string parameter, string expected)
    {
        var fault = Assert.Throws<UsageException>(() => StrategyFile.Parse(
            $$"""
            name: rule
            data: { path: prices.csv }
            model:
              rule:
                parameters: { n: {{parameter}} }
                position: tanh(ema(close, $n))
            walk_forward: { train: 5y, test: 1y }
            """,
            "rule.yaml"));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }
}
