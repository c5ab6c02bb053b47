using QuantGrad.Metrics.Returns;
using QuantGrad.Metrics.Trading;

namespace QuantGrad.Tests.Metrics;

public sealed class CostCurveTests
{
    private static readonly double[] Gross = [.. SimulatedReturns.Normal(6, 0, 500, 2)];
    private static readonly double[] Turnover = [.. Enumerable.Range(0, 500).Select(t => t % 3 == 0 ? 0.8 : 0.1)];

    [Fact]
    public void BreakEvenBps_NetAtThatCost_HasMeanZero()
    {
        var cost = CostCurve.BreakEvenBps(Gross, Turnover).Value;
        Assert.Equal(0, CostCurve.Net(Gross, Turnover, cost).Average(), 1e-15);
        Assert.Equal(0, CostCurve.NetSharpe(Gross, Turnover, [cost], 252)[0].Value, 1e-10);
    }

    [Fact]
    public void NetSharpe_RisingCost_FallsFromTheGrossSharpe()
    {
        var sharpes = CostCurve.NetSharpe(Gross, Turnover, [.. Enumerable.Range(0, 21).Select(bps => (double)bps)], 252);
        Assert.Equal(SharpeRatio.Of(Gross, 252), sharpes[0]);
        for (var i = 1; i < sharpes.Length; i++) Assert.True(sharpes[i].Value < sharpes[i - 1].Value);
    }

    [Fact]
    public void BreakEvenBps_HoldingCost_LowersIt()
    {
        var holding = new double[500];
        Array.Fill(holding, 1e-5);
        var cost = CostCurve.BreakEvenBps(Gross, Turnover, holding).Value;
        Assert.True(cost < CostCurve.BreakEvenBps(Gross, Turnover).Value);
        Assert.Equal(0, CostCurve.Net(Gross, Turnover, cost, holding).Average(), 1e-15);
    }

    [Fact]
    public void BreakEvenBps_NothingTraded_IsUndefined() => Assert.Equal("nothing was traded", CostCurve.BreakEvenBps([0.01], [0]).Reason);
}
