using QuantGrad.Strategies;

namespace QuantGrad.Tests.Strategies;

public sealed class ObjectiveFileTests
{
    private const string Small = """
        name: small
        data: { path: prices.csv }
        features: { mom: ret(21) }
        model: { network: { layers: [ {dense: 8} ] } }
        walk_forward: { train: 5y, test: 1y }
        """;

    public static TheoryData<string> Losses => [.. Enum.GetValues<Loss>().Select(loss => FileNaming.Instance.ConvertName(loss.ToString()))];

    [Theory, MemberData(nameof(Losses))]
    public void Loss_EveryName_IsReadAndCompiled(string name)
    {
        var strategy = Parse($"objective.loss={name}");
        Assert.Equal(name, strategy.Objective.Summary);
        Assert.Contains($"\"loss\": \"{name}\"", strategy.ToCanonicalJson(), StringComparison.Ordinal);
        Assert.Equal("loss", StrategyGraph.Compile(strategy, 1, 252).Loss.Name);
    }

    [Fact]
    public void Loss_LeftOut_IsSharpe() => Assert.Equal([new ObjectiveTerm(Loss.Sharpe, 1)], Parse().Objective.Loss);

    [Fact]
    public void Loss_Sum_GivesTermsInOrderAndReadsBackFromItsJson()
    {
        var strategy = Parse("objective={ loss: { sharpe: 1, cvar: 0.2 }, turnover_penalty: 0.01, leverage_penalty: 0.1 }");
        Assert.Equal([new ObjectiveTerm(Loss.Sharpe, 1), new ObjectiveTerm(Loss.Cvar, 0.2)], strategy.Objective.Loss);
        Assert.Equal("sharpe + 0.2 cvar", strategy.Objective.Summary);
        Assert.Equal(0.1, strategy.Objective.LeveragePenalty);
        var again = StrategyFile.Parse(strategy.ToCanonicalJson(), "/b/other.json");
        Assert.Equal(strategy.ToCanonicalJson(), again.ToCanonicalJson());
        Assert.Equal(strategy.Hash(), again.Hash());
        Assert.NotEqual(strategy.Hash(), Parse("objective={ loss: { sharpe: 1, cvar: 0.3 } }").Hash());
    }

    [Theory]
    [InlineData("objective.loss=sharp", "is \"sharp\"; did you mean 'sharpe'?")]
    [InlineData("objective.loss={ sharpe: 1, cvra: 0.2 }", "objective.loss has no loss \"cvra\"; did you mean 'cvar'?")]
    [InlineData("objective.loss={ sharpe: 0 }", "objective.loss.sharpe is 0; expected a number greater than 0.")]
    [InlineData("objective.loss={}", "objective.loss is empty; expected a loss such as sharpe, or losses with weights")]
    [InlineData("objective.loss=[sharpe]", "objective.loss is a list; expected a loss such as sharpe, or losses with weights")]
    [InlineData("objective.leverage_penalty=-1", "objective.leverage_penalty is -1; expected a number at least 0.")]
    public void Loss_Wrong_NamesFoundAndExpected(string setting, string message) =>
        Assert.Contains(message, Assert.Throws<UsageException>(() => Parse(setting)).Message, StringComparison.Ordinal);

    private static Strategy Parse(params string[] settings) => StrategyFile.Parse(Small, "/a/s.yaml", settings);
}
