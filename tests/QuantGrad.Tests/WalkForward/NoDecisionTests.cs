using QuantGrad.WalkForward;

namespace QuantGrad.Tests.WalkForward;

/// <summary>Prices on which nothing can be decided are refused with what stands against it.</summary>
public class NoDecisionTests
{
    [Theory]
    [InlineData("features={x: 1 / 0}", "feature 'x' (1 / 0) has no value on any bar")]
    [InlineData("features={x: ret(1), y: sma(500)}", "the look-back of feature 'y' (sma(500)) is 499 bars, and no symbol has more than 120")]
    [InlineData("position.vol_span=5000", "position.vol_span is 5000 bars, and no symbol has more than 120")]
    public void Prepare_NothingToDecideOn_SaysWhy(string setting, string words)
    {
        var data = SmallRun.DataSet(SmallRun.Autoregressive(7, 1, 1, 0.1).Panel.Until(120));

        var fault = Assert.Throws<PriceDataException>(() => Preparation.Of(SmallRun.Strategy("unused", setting), data, 1));

        Assert.StartsWith("No bar of the 120 can be decided on: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }
}
