namespace QuantGrad.MarketData;

/// <summary>Finds jumps that are not the market's: unadjusted splits, mixed units, single wrong bars.</summary>
internal static class JumpChecks
{
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
            var usual = UsualMove(series, i);
            if (Math.Abs(Math.Log(ratio)) < 12 * usual) continue;
            if (ratio is > 70 and < 140 or > 1 / 140.0 and < 1 / 70.0)
                log.Add(DefectCodes.UnitMixUp, series.Place(i), $"{series.Symbol} goes from {series.Close[i - 1]} to {series.Close[i]}: a factor of 100, as where pounds follow pence; bring the file to one unit.");
            else if (IsSpike(series, i, usual))
                log.Add(DefectCodes.Spike, series.Place(i), $"{series.Symbol} closes at {series.Close[i]} between {series.Close[i - 1]} and {series.Close[i + 1]}; the bar looks wrong and is used as it is.");
            else if (SplitRatio(series, i, usual) is { } split)
                log.Add(DefectCodes.UnadjustedSplit, series.Place(i), $"{series.Symbol} goes from {series.Close[i - 1]} to {series.Close[i]} and stays there, like a split of {Words(split, ratio)} that the prices are not adjusted for; they are used as they are.");
        }
    }

    /// <summary>The median size of the log moves of up to 60 bars on each side, without the bar itself.</summary>
    private static double UsualMove(BarSeries series, int bar)
    {
        var moves = new List<double>(120);
        for (var i = Math.Max(1, bar - 60); i < Math.Min(series.Count, bar + 61); i++)
        {
            var move = Math.Abs(Math.Log(series.Close[i] / series.Close[i - 1]));
            if (i != bar && double.IsFinite(move)) moves.Add(move);
        }

        moves.Sort();
        return moves.Count == 0 ? 0 : moves[moves.Count / 2];
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
