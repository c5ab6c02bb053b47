using QuantGrad.Indicators.Windows;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Where the close stands between the lowest low (0) and the highest high (100) of a window.</summary>
internal sealed class StochasticPosition(int periods)
{
    private readonly SlidingWindow<Highest> highest = new(periods);
    private readonly SlidingWindow<Lowest> lowest = new(periods);

    /// <summary>The position after this bar; NaN while it warms up, and where the window has no range.</summary>
    public double Next(double high, double low, double close)
    {
        if (!double.IsFinite(high + low + close))
        {
            Reset();
            return double.NaN;
        }
        if (!(highest.Push(high) & lowest.Push(low))) return double.NaN;
        var (top, bottom) = (highest.Value.Value, lowest.Value.Value);
        return top > bottom ? 100 * (close - bottom) / (top - bottom) : double.NaN;
    }

    /// <summary>Forgets every bar.</summary>
    public void Reset()
    {
        highest.Reset();
        lowest.Reset();
    }
}
