using QuantGrad.Autodiff.Optimizers;

namespace QuantGrad.Autodiff.Tests.Optimizers;

/// <summary>Each optimiser against its paper's formula, worked by hand for two steps from w = 1 with the gradients 0.5 and −0.25, rate 0.1.</summary>
public class OptimizerTests
{
    public static TheoryData<OptimizerSettings, double, double> Steps => new()
    {
        { new(OptimizerKind.GradientDescent), 0.95, 0.975 },
        { new(OptimizerKind.Momentum), 0.95, 0.93 },                                       // v = .5, then .45 − .25 = .2
        { new(OptimizerKind.Nesterov), 0.905, 0.912 },                                     // .5 + .9·.5 = .95; −.25 + .9·.2 = −.07
        { new(OptimizerKind.RmsProp), 1 - 0.1 / Math.Sqrt(0.1), 1 - 0.1 / Math.Sqrt(0.1) + 0.025 / Math.Sqrt(0.02875) },
        { new(OptimizerKind.Adam), 0.9, 0.9 - 0.1 * (0.02 / 0.19) / Math.Sqrt(0.00031225 / 0.001999) },
        { new(OptimizerKind.AdamW) { WeightDecay = 0.1 }, 0.89, 0.89 - 0.0089 - 0.1 * (0.02 / 0.19) / Math.Sqrt(0.00031225 / 0.001999) },
        { new(OptimizerKind.Lion), 0.9, 1.0 },                                             // sign(.05) ; sign(.9·.005 − .025) = −1
        { new(OptimizerKind.GradientDescent) { ClipValue = 0.3 }, 0.97, 0.995 },
        { new(OptimizerKind.GradientDescent) { ClipNorm = 0.4 }, 0.96, 0.985 },
        { new(OptimizerKind.GradientDescent) { WeightDecay = 0.1 }, 0.94, 0.9556 },
    };

    [Theory, MemberData(nameof(Steps))]
    public void Step_TwoSteps_FollowTheFormula(OptimizerSettings settings, double first, double second)
    {
        var optimizer = settings.Build<double>(1);
        double[] weight = [1];
        for (var repeat = 0; repeat < 2; repeat++)
        {
            weight[0] = 1;
            optimizer.Step(weight, [0.5], 0.1);
            Assert.Equal(first, weight[0], 6);
            optimizer.Step(weight, [-0.25], 0.1);
            Assert.Equal(second, weight[0], 6);
            optimizer.Reset();
        }
    }

    [Fact]
    public void Build_MomentumOfOne_IsRefusedByName()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerSettings(OptimizerKind.Momentum) { Momentum = 1 }.Build<float>(3));
        Assert.Contains("the momentum is 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClipByGlobalNorm_ThreeFourLimitOne_KeepsTheDirection()
    {
        double[] gradient = [3, 4];
        new ClipByGlobalNorm<double>(1).Apply(gradient, [], 1);
        Assert.Equal(0.6, gradient[0], 12);
        Assert.Equal(0.8, gradient[1], 12);
    }

    [Fact]
    public void WeightAverage_EqualAndExponential_AreTheMeans()
    {
        var equal = new WeightAverage<double>(1);
        var falling = new WeightAverage<double>(1, 0.5);
        foreach (var weight in new[] { 1.0, 2, 6 })
        {
            equal.Include([weight]);
            falling.Include([weight]);
        }

        Assert.Equal(3, equal.Value[0], 12);
        Assert.Equal(3.75, falling.Value[0], 12);
    }

    [Fact]
    public void Step_AnyOptimizer_AllocatesNothing()
    {
        var (weights, gradients) = (new float[100], new float[100]);
        foreach (var kind in Enum.GetValues<OptimizerKind>())
        {
            var optimizer = new OptimizerSettings(kind) { ClipNorm = 1, ClipValue = 1, WeightDecay = 0.01 }.Build<float>(100);
            optimizer.Step(weights, gradients, 0.1);
            var before = GC.GetAllocatedBytesForCurrentThread();
            optimizer.Step(weights, gradients, 0.1);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }
}
