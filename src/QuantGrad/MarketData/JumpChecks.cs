namespace QuantGrad.MarketData;

/// <summary>Finds jumps that are not the market's: unadjusted splits, mixed units, single wrong bars, and moves out of all proportion.</summary>
internal static class JumpChecks
{
    // A split of up to 50 for 1 is known by its exact ratio; any other factor of this size between two neighbouring bars is a wrong price.
    private const double ImpossibleFactor = 20;

    // How far beyond its neighbours' a jump lies. AAPL fell to 48% on 2000-09-29, 7.7 times its third largest move of half a year.
    private const double FarBeyond = 8;

    private static readonly double[] SplitRatios = [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50];

    /// <summary>Checks every move of more than 40% (in either direction) between two closes.</summary>
    /// <param name="series">In order of time.</param>
    /// <param name="log">Is told.</param>
    internal static void Check(BarSeries series, DefectLog log)
    {
        for (var i = 1; i < series.Count; i++)
        {
            var ratio = series.Close[i] / series.Close[i - 1];
            if (ratio is > 0.6 and < 1 / 0.6 || !(ratio > 0)) continue;
            var nearby = NearbyMoves(series, i);
            var (move, usual) = (Math.Abs(Math.Log(ratio)), nearby.Count == 0 ? 0 : nearby[nearby.Count / 2]);
            var isImpossible = move >= Math.Log(ImpossibleFactor) && series.Ticks[i] - series.Ticks[i - 1] <= 45 * TimeSpan.TicksPerDay;
            if (move < 12 * usual && !isImpossible) continue;
            if (ratio is > 70 and < 140 or > 1 / 140.0 and < 1 / 70.0)
                log.Add(DefectCodes.UnitMixUp, series.Place(i), $"{series.Symbol} goes from {series.Close[i - 1]} to {series.Close[i]}: a factor of 100, as where pounds follow pence; bring the file to one unit.");
            else if (!isImpossible && IsSpike(series, i, usual))
            {
                log.Add(DefectCodes.Spike, series.Place(i), $"{series.Symbol} closes at {series.Close[i]} between {series.Close[i - 1]} and {series.Close[i + 1]}; the bar looks wrong and is used as it is.");
                i++; // the way back is told with it
            }
            else if (SplitRatio(series, i, usual) is { } split)
                log.Add(DefectCodes.UnadjustedSplit, series.Place(i), $"{series.Symbol} goes from {series.Close[i - 1]} to {series.Close[i]} and stays there, like a split of {Words(split, ratio)} that the prices are not adjusted for; they are used as they are.");
            else if (isImpossible)
                log.Add(DefectCodes.ImpossibleJump, series.Place(i), $"{series.Symbol} goes from {series.Close[i - 1]} to {series.Close[i]}, a factor of {Math.Exp(move):0} from one bar to the next, which no market has; correct the prices, or use the bars on one side of it (data.from, data.to).");
            else if (nearby.Count >= 10 && move > FarBeyond * nearby[^3])
                log.Add(DefectCodes.Jump, series.Place(i), $"{series.Symbol} goes from {series.Close[i - 1]} to {series.Close[i]}, {(ratio - 1) * 100:+0;-0}% in one bar, far beyond its other moves of the time; a wrong price, an event that the prices are not adjusted for, or news; they are used as they are.");
        }
    }

    /// <summary>
    /// The sizes of the log moves of up to 60 bars on each side, without the bar's own, increasing. The third largest is the measure of a large move:
    /// the way back of a wrong stretch, or another fault nearby, hides nothing.
    /// </summary>
    private static List<double> NearbyMoves(BarSeries series, int bar)
    {
        var moves = new List<double>(120);
        for (var i = Math.Max(1, bar - 60); i < Math.Min(series.Count, bar + 61); i++)
        {
            var move = Math.Abs(Math.Log(series.Close[i] / series.Close[i - 1]));
            if (i != bar && double.IsFinite(move)) moves.Add(move);
        }

        moves.Sort();
        return moves;
    }

    private static bool IsSpike(BarSeries series, int bar, double usual)
    {
        if (bar + 1 >= series.Count) return false;
        var back = Math.Abs(Math.Log(series.Close[bar + 1] / series.Close[bar - 1]));
        return back < Math.Max(0.05, 2 * usual);
    }

    /// <summary>The ratio of a split, where what is left of the move beside it is usual, the new level lasts, and (where opens are known) the open jumped already.</summary>
    private static double? SplitRatio(BarSeries series, int bar, double usual)
    {
        var move = Math.Log(series.Close[bar] / series.Close[bar - 1]);
        if (series.Ticks[bar] - series.Ticks[bar - 1] > 14 * TimeSpan.TicksPerDay && series.HasOpenHighLow) return null;
        foreach (var split in SplitRatios)
        {
            var factor = move < 0 ? -Math.Log(split) : Math.Log(split);
            // Opens tell a split from news; without them only a move that is a split's and nothing more counts (AAPL fell by 52% on 2000-09-29).
            if (Math.Abs(move - factor) > Math.Max(0.02, (series.HasOpenHighLow ? 3 : 0.75) * usual)) continue;
            // A bar of one price in a file with ranges, or one after a long gap, tells nothing about how the price got there.
            if (series.HasOpenHighLow && series.High[bar].Equals(series.Low[bar])) continue;
            if (series.HasOpenHighLow && Math.Abs(Math.Log(series.Open[bar] / series.Close[bar - 1]) - factor) > Math.Max(0.03, 4 * usual)) continue;
            return Lasts(series, bar, factor) ? split : null;
        }

        return null;
    }

    // Over the next ten bars the price stays nearer to the new level than to the old one, by far.
    private static bool Lasts(BarSeries series, int bar, double factor)
    {
        var end = Math.Min(series.Count, bar + 11);
        double sum = 0;
        for (var i = bar + 1; i < end; i++) sum += Math.Log(series.Close[i] / series.Close[bar]);
        return end > bar + 1 && Math.Abs(sum / (end - bar - 1)) < 0.3 * Math.Abs(factor);
    }

    private static string Words(double split, double ratio)
    {
        var text = split == 1.5 ? "3 for 2" : FormattableString.Invariant($"{split} for 1");
        return ratio < 1 ? text : $"{text}, reversed,";
    }
}
