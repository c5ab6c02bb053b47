using QuantGrad.Autodiff.Optimizers;

namespace QuantGrad.Autodiff.Tests.Optimizers;

public class LearningRateScheduleTests
{
    public static TheoryData<LearningRateSchedule, double[]> FiveSteps => new()
    {
        { new ConstantSchedule(), [1, 1, 1, 1, 1] },
        { new StepSchedule(2), [1, 1, 0.5, 0.5, 0.25] },
        { new ExponentialSchedule(0.0001), [1, 0.1, 0.01, 0.001, 0.0001] },
        { new CosineSchedule(0), [1, 0.85355339, 0.5, 0.14644661, 0] },
        { new OneCycleSchedule(0.5, 0.2, 0), [0.2, 0.6, 1, 0.5, 0] },
        { new WarmUpSchedule(2, new CosineSchedule(0)), [1 / 3.0, 2 / 3.0, 1, 0.5, 0] },
    };

    [Theory, MemberData(nameof(FiveSteps))]
    public void Factor_FiveSteps_FollowsTheCurve(LearningRateSchedule schedule, double[] expected)
    {
        for (var step = 0; step < 5; step++) Assert.Equal(expected[step], schedule.Factor(step, 5), 8);
    }

    [Fact]
    public void ReduceOnPlateau_TwoWithoutImprovement_HalvesOnce()
    {
        var schedule = new ReduceOnPlateau(2);
        Assert.Equal(1, schedule.Factor(3, 10, [3, 2, 2.5]));
        Assert.Equal(0.5, schedule.Factor(4, 10, [3, 2, 2.5, 2.1]));
        Assert.Equal(0.5, schedule.Factor(5, 10, [3, 2, 2.5, 2.1, 1.9]));
        Assert.Equal(0.25, schedule.Factor(6, 10, [3, 2, 2.5, 2.1, 2.1, 2.1]));
    }
}
