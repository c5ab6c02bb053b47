using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Metrics.Differentiable;
using QuantGrad.Objectives;

namespace QuantGrad.Tests.Objectives;

/// <summary>Every objective's gradient against differences, and its value against its definition on a few returns.</summary>
public class ObjectiveTests
{
    private static readonly double[] Five = [0.01, -0.02, 0.03, 0.005, -0.01];

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, Op> All { get; } = new(StringComparer.Ordinal)
    {
        ["sharpe"] = new SharpeObjective(252),
        ["sortino"] = new SortinoObjective(252),
        ["calmar"] = new CalmarObjective(252),
        ["omega"] = new OmegaObjective(),
        ["log utility"] = new LogUtilityObjective(252),
        ["mean-variance"] = new MeanVarianceObjective(252),
        ["cvar"] = new CvarObjective(252, 0.5, 0.13),
        ["windowed sharpe"] = new WindowedSharpeObjective(20),
        ["turnover"] = new TurnoverPenalty(0.5, 252),
    };

    [Theory, MemberData(nameof(Names))]
    public void Backward_EqualsCentralDifferences(string name)
    {
        var (plan, loss, _) = Compile(All[name], 70);
        var random = new Autodiff.RandomStream(5);
        foreach (ref var value in plan.Parameters) value = 0.001 + 0.02 * random.NextNormal();
        foreach (var group in GradientCheck.Run(plan, loss, 60)) Assert.True(group.MaxError < 1e-7, group.ToString());
    }

    [Theory, MemberData(nameof(Names))]
    public void Loss_FlatStrategy_IsFiniteAndSoIsItsGradient(string name)
    {
        var (plan, loss, _) = Compile(All[name], 50);
        plan.Forward();
        plan.Backward(loss);
        Assert.True(double.IsFinite(plan.Value(loss)[0]));
        Assert.All(plan.ParameterGradients.ToArray(), g => Assert.True(double.IsFinite(g)));
    }

    [Fact]
    public void Values_FiveReturns_AreTheDefinitions()
    {
        Assert.Equal(-2.7680564077645946, Value("sharpe", Five), 10);
        Assert.Equal(-Math.Sqrt(252) * 0.003 / Math.Sqrt(0.0001 + 1e-9), Value("sortino", Five), 10);
        Assert.Equal(-(0.009 + 1e-5) / (0.006 + 1e-5), Value("omega", Five), 10);
        Assert.Equal(-252 * Five.Average(r => Math.Log(1 + r)), Value("log utility", Five), 10);
        Assert.Equal(-252 * (0.003 - 5 * (Five.Average(r => r * r) - 0.000009)), Value("mean-variance", Five), 10);
        Assert.Equal(-252 * (0.003 + 0.5 * -0.02), Value("cvar", Five), 10);
    }

    [Fact]
    public void Calmar_DeepFall_IsGrowthOverTheFall()
    {
        double[] returns = [0.5, -0.4, 0.3, 0.3];
        var growth = 252 * returns.Average(r => Math.Log(1 + r));
        Assert.Equal(-growth / -Math.Log(0.6), Value("calmar", returns), 0.02 * growth);
    }

    [Fact]
    public void WindowedSharpe_ThreeWindows_IsTheSoftMinimumOfTheirs()
    {
        var random = new Autodiff.RandomStream(2);
        double[] returns = [.. Enumerable.Range(0, 67).Select(_ => 0.001 + 0.01 * random.NextNormal())];
        double[] ratios = [.. new[] { returns[..20], returns[20..40], returns[40..] }.Select(window => -SharpeLoss.Of(window, 20).Value)];
        Assert.Equal(-SoftMinimum.Of(ratios, 5), Value("windowed sharpe", returns), 10);
    }

    [Theory, MemberData(nameof(Names))]
    public void Lead_FirstRows_AreNotCountedAndHaveNoGradient(string name)
    {
        const int lead = 13 * PortfolioAccounting.Columns;
        var (whole, wholeLoss, leadNode) = Compile(All[name], 70);
        var (tail, tailLoss, _) = Compile(All[name], 57);
        var random = new Autodiff.RandomStream(5);
        foreach (ref var value in whole.Parameters) value = 0.001 + 0.02 * random.NextNormal();
        whole.Parameters[lead..].CopyTo(tail.Parameters);
        whole.Value(leadNode)[0] = 13;
        foreach (var (plan, loss) in new[] { (whole, wholeLoss), (tail, tailLoss) })
        {
            plan.Forward();
            plan.Backward(loss);
        }

        Assert.Equal(tail.Value(tailLoss)[0], whole.Value(wholeLoss)[0]);
        Assert.All(whole.ParameterGradients[..lead].ToArray(), g => Assert.Equal(0, g));
        Assert.Equal(tail.ParameterGradients.ToArray(), whole.ParameterGradients[lead..].ToArray());
    }

    [Theory, InlineData(70), InlineData(-1)]
    public void Lead_NoRowsLeft_IsRefused(int rows)
    {
        var (plan, _, lead) = Compile(All["sharpe"], 70);
        plan.Value(lead)[0] = rows;
        Assert.Contains("expected 0 to 69", Assert.Throws<GraphException>(plan.Forward).Message, StringComparison.Ordinal);
    }

    private static double Value(string name, double[] returns)
    {
        var (plan, loss, _) = Compile(All[name], returns.Length);
        for (var t = 0; t < returns.Length; t++) plan.Parameters[t * PortfolioAccounting.Columns + PortfolioAccounting.Net] = returns[t];
        plan.Forward();
        return plan.Value(loss)[0];
    }

    private static (Plan<double> Plan, Node Loss, Node Lead) Compile(Op objective, int steps)
    {
        var graph = new Graph();
        var lead = graph.Input("lead", Shape.Scalar);
        var loss = graph.Add("loss", objective, graph.Parameter("books", Shape.PerStep(PortfolioAccounting.Columns), Initializer.Zero), lead);
        return (new Plan<double>(graph, new PlanSize(steps, 1), loss), loss, lead);
    }
}
