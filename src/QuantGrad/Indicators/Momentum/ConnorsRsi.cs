using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Connors' composite of RSI, streak RSI and percent rank.</summary>
internal sealed class ConnorsRsi(int rsiPeriods, int streakPeriods, int rankPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "connors_rsi",
        Title = "Connors RSI",
        Formula = "mean of rsi(x, 3), rsi(streak, 2) and the share (percent) of the 100 returns before that were smaller than this one; streak counts rises (+) and falls (−) in a row",
        Source = "Connors and Alvarez 2012; Stock.Indicators ToConnorsRsi",
        Inputs = Inputs.Close,
        Parameters =
        [
            IndicatorParameter.Bars("rsi_periods", 3),
            IndicatorParameter.Bars("streak_periods", 2),
            IndicatorParameter.Bars("rank_periods", 100, min: 2),
        ],
        Fields = ["connors_rsi", "rsi", "rsi_streak", "percent_rank", "streak"],
        Aliases = ["crsi"],
        Bounds = (0, 100),
        WarmUp = static p => [(int)Math.Max(p[2] + 1, Math.Max(p[0], p[1] + 2)), (int)p[0], (int)p[1] + 2, (int)p[2], 0],
        Factory = static p => new ConnorsRsi((int)p[0], (int)p[1], (int)p[2]),
    };

    private readonly Rsi rsi = new(rsiPeriods);
    private readonly Rsi rsiStreak = new(streakPeriods);
    private readonly RecentValues returns = new(rankPeriods);
    private double previous = double.NaN;
    private double streak;
    private int seen;

    public override void Reset()
    {
        rsi.Reset();
        rsiStreak.Reset();
        returns.Reset();
        (previous, streak, seen) = (double.NaN, 0, 0);
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var value = bar.Close;
        streak = value > previous ? Math.Max(streak, 0) + 1 : value < previous ? Math.Min(streak, 0) - 1 : 0;
        var streakStrength = rsiStreak.Next(streak);
        // The first bar has no return; it takes a place in the ranking but is never the smaller one.
        var change = value / previous - 1;
        fields[1] = rsi.Next(value);
        fields[2] = seen >= streakPeriods + 2 ? streakStrength : double.NaN;
        fields[3] = returns.IsFull ? PercentRank(change) : double.NaN;
        fields[4] = streak;
        fields[0] = seen > rankPeriods ? (fields[1] + fields[2] + fields[3]) / 3 : double.NaN;
        returns.Push(change);
        previous = value;
        seen++;
    }

    private double PercentRank(double change)
    {
        var smaller = 0;
        for (var age = 0; age < rankPeriods; age++)
            if (returns[age] < change) smaller++;
        return 100.0 * smaller / rankPeriods;
    }
}
