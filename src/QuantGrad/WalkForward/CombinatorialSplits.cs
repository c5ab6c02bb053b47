namespace QuantGrad.WalkForward;

/// <summary>
/// Combinatorial purged cross-validation (López de Prado 2018, §12.3): the bars are cut into N even folds, every choice of k of them is a test set,
/// and what is left trains, less the bars whose outcome reaches into a test block (purge, on both sides) and the bars after one (embargo).
/// </summary>
public static class CombinatorialSplits
{
    /// <summary>The train bars of every split, in the order of the test sets (0,1), (0,2), …</summary>
    /// <param name="bars">n, the number of bars; the first n mod N folds are one bar longer, so that each bar belongs to exactly one fold.</param>
    /// <param name="folds">N, at least 2.</param>
    /// <param name="testFolds">k, from 1 to N − 1.</param>
    /// <param name="purge">Bars dropped on each side of a test block.</param>
    /// <param name="embargo">Bars dropped after a test block, beyond the purge.</param>
    public static IEnumerable<(int[] TestFolds, int[] TrainBars)> Splits(int bars, int folds, int testFolds, int purge, int embargo)
    {
        var foldOf = FoldOfBar(bars, folds);
        foreach (var chosen in Choices(folds, testFolds))
        {
            var isTest = Array.ConvertAll(foldOf, fold => chosen.Contains(fold));
            var kept = Enumerable.Range(0, bars).Where(bar => !isTest[bar] && !Touches(isTest, bar, purge + embargo, purge)).ToArray();
            yield return (chosen, kept);
        }
    }

    /// <summary>φ = k/N · C(N, k): the number of whole backtest paths that the splits make up.</summary>
    public static long Paths(int folds, int testFolds)
    {
        var choices = 1L;
        for (var i = 1; i <= testFolds; i++) choices = choices * (folds - testFolds + i) / i;
        return choices * testFolds / folds;
    }

    /// <summary>The fold of each bar: even, in order, the remainder spread over the first folds.</summary>
    public static int[] FoldOfBar(int bars, int folds)
    {
        var foldOf = new int[bars];
        var bar = 0;
        for (var fold = 0; fold < folds; fold++)
            for (var length = bars / folds + (fold < bars % folds ? 1 : 0); length > 0; length--) foldOf[bar++] = fold;
        return foldOf;
    }

    private static bool Touches(bool[] isTest, int bar, int before, int after)
    {
        for (var other = Math.Max(0, bar - before); other < bar; other++)
            if (isTest[other]) return true;
        for (var other = bar + 1; other <= Math.Min(isTest.Length - 1, bar + after); other++)
            if (isTest[other]) return true;
        return false;
    }

    private static IEnumerable<int[]> Choices(int count, int choose)
    {
        var chosen = Enumerable.Range(0, choose).ToArray();
        while (true)
        {
            yield return chosen.ToArray();
            var place = choose - 1;
            while (place >= 0 && chosen[place] == count - choose + place) place--;
            if (place < 0) yield break;
            chosen[place]++;
            for (var next = place + 1; next < choose; next++) chosen[next] = chosen[next - 1] + 1;
        }
    }
}
