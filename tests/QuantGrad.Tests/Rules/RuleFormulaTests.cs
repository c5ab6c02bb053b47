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
    [InlineData("$k * bb($n).no_such", "bb has no field 'no_such' (it has sma, upper_band, lower_band, percent_b, z_score, width)\n  $k * bb($n).no_such\n              ^")]
    [InlineData("$k * donchian($n).width", "donchian.width has no differentiable form; with a trained parameter, or on a series that depends on one, there are donchian, donchian.upper_band, donchian.lower_band")]
    [InlineData("$k * ema(close, $n, 3)", "takes no such argument")]
    [InlineData("$k * (ema(close, $n)", "not closed")]
    [InlineData("cross_above($k, $n)", "nothing of the prices stands in the formula")]
    public void Parse_WrongFormula_SaysWhatAndWhere(string position, string expected)
    {
        var fault = Assert.Throws<UsageException>(() => RuleFormula.Parse(new RuleSettings([N, K], position, Where: "x.yaml, line 7"), [], hasNetwork: false).Span());

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("x.yaml, line 7: model.rule.position", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>What holds no parameter is an input under a name of the program's own; a message speaks of what the user wrote.</summary>
    [Theory]
    [InlineData("tanh($k * close / ema(clse, 20))", "'clse' is not known; did you mean 'close'?\n  tanh($k * close / ema(clse, 20))\n                        ^ (character 23)")]
    [InlineData("$k * sma(rsi(14) * atr(3, 4), $n)", "atr takes 1 argument, this is one more (it has lookback_periods)\n  $k * sma(rsi(14) * atr(3, 4), $n)\n                            ^ (character 27)")]
    [InlineData("$k * sign(rsi(clse, $n) - 50)", "'clse' is not known; did you mean 'close'?\n  $k * sign(rsi(clse, $n) - 50)\n            ^ (character 11)")]
    public void CompileFeatures_WrongPartWithoutAParameter_IsShownInTheRulesOwnWords(string position, string message)
    {
        string[] parameters = [.. new[] { "n: { init: 10, min: 2, max: 60 }", "k: { init: 1, min: 0, max: 2 }" }.Where(parameter => position.Contains($"${parameter[0]}", StringComparison.Ordinal))];
        var strategy = StrategyFile.Parse(
            $"name: rule\ndata: {{ path: prices.csv }}\nfeatures: {{ mom: ret(21) }}\nmodel:\n  rule:\n    parameters: {{ {string.Join(", ", parameters)} }}\n    position: {position}\nwalk_forward: {{ train: 5y, test: 1y }}\n", "rule.yaml");

        var fault = Assert.Throws<UsageException>(() => strategy.CompileFeatures(TimeSpan.FromDays(1)));

        Assert.EndsWith("rule.yaml, line 7: model.rule.position: " + message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_FileWithABadNumber_InventsNoSecondFault()
    {
        var fault = Assert.Throws<UsageException>(() => StrategyFile.Parse(
            """
            name: rule
            data: { path: prices.csv }
            model:
              rule:
                parameters: { n: { init: -10, min: .nan, max: 60, scale: log }, k: { init: 3, min: 1, max: 2 } }
                position: tanh($k * (ema(close, $n) / close - 1))
                temperature_start: .nan
            walk_forward: { train: 5y, test: 1y }
            """,
            "rule.yaml"));

        Assert.Equal(
            [
                "rule.yaml, line 5: model.rule.parameters.n.min is \".nan\"; expected a number.",
                "rule.yaml, line 5: model.rule.parameters.k has min 1, init 3, max 2; expected min <= init <= max.",
                "rule.yaml, line 7: model.rule.temperature_start is \".nan\"; expected a number greater than 0 and at most 100.",
            ],
            fault.Message.Split('\n'));
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
