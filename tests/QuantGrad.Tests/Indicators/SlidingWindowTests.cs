using QuantGrad.Indicators.Windows;

namespace QuantGrad.Tests.Indicators;

/// <summary>The O(1) window against the plain one, which looks at all n values.</summary>
public sealed class SlidingWindowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void Push_AnySeries_AgreesWithLookingAtEveryValue(int length)
    {
        var (moments, highest, lowest, linear) = (new SlidingWindow<Moments>(length), new SlidingWindow<Highest>(length), new SlidingWindow<Lowest>(length), new SlidingWindow<LinearSum>(length));
        ulong seed = 5;
        var x = Enumerable.Range(0, 500).Select(_ => Math.Floor(20 * Features.Markets.Uniform(ref seed))).ToArray();
        for (var t = 0; t < x.Length; t++)
        {
            var isFull = moments.Push(x[t]) & highest.Push(x[t]) & lowest.Push(x[t]) & linear.Push(x[t]);
            Assert.Equal(t >= length - 1, isFull);
            if (!isFull) continue;
            var window = x[(t - length + 1)..(t + 1)];
            var mean = window.Average();
            Assert.Equal(mean, moments.Value.Mean, 1e-12);
            Assert.Equal(window.Sum(v => (v - mean) * (v - mean)), moments.Value.SquaredDeviations, 1e-9);
            Assert.Equal((window.Max(), length - 1 - Array.IndexOf(window, window.Max())), (highest.Value.Value, highest.Value.Age));
            Assert.Equal((window.Min(), length - 1 - Array.IndexOf(window, window.Min())), (lowest.Value.Value, lowest.Value.Age));
            Assert.Equal(window.Select((v, i) => (i + 1) * v).Sum(), linear.Value.Weighted);
        }
    }

    [Fact]
    public void Push_LargeValueThatLeft_LeavesNoTrace()
    {
        var window = new SlidingWindow<Moments>(10);
        foreach (var value in Enumerable.Repeat(1.0, 15).Append(1e12).Concat(Enumerable.Repeat(1.0, 10))) window.Push(value);
        Assert.Equal(0, window.Value.SquaredDeviations);
        Assert.Equal(1, window.Value.Mean);
    }
}
