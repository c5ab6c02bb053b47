using QuantGrad.Strategies;
using QuantGrad.Training;

namespace QuantGrad.WalkForward;

/// <summary>
/// Cuts the calendar into folds. The first test window begins where the first train window, the validation window and a gap before each have
/// passed; each further one begins a test length later; train and validation are measured backwards from it, so that a fold depends on nothing after it.
/// A last test window that the data cuts short is kept.
/// </summary>
/// <param name="dates">The calendar, increasing.</param>
/// <param name="first">The first bar that can be used (features have warmed up).</param>
/// <param name="expanding">Whether the train window always begins at <paramref name="first"/>; else it keeps its length.</param>
/// <param name="train">Train window (the first one, where it grows).</param>
/// <param name="validation">Validation window after it; in percent it is cut from the tail of the train window; 0 bars for none.</param>
/// <param name="test">Test window and step.</param>
/// <param name="gap">Bars left out between train and validation and between validation and test: purge and embargo.</param>
internal sealed class FoldPlanner(DateTime[] dates, int first, bool expanding, WindowLength train, WindowLength validation, WindowLength test, int gap)
{
    /// <summary>All folds, oldest first; at least one.</summary>
    /// <exception cref="PriceDataException">The data is shorter than the windows before the first test bar.</exception>
    public IReadOnlyList<Fold> Plan()
    {
        var firstTest = FirstTest();
        if (firstTest >= dates.Length)
        {
            throw new PriceDataException(
                $"The prices are too short for the walk-forward: train {train}, validation {validation} and a gap of {gap} bars take all of the " +
                $"{Math.Max(0, dates.Length - first)} bars that are left after the features' warm-up of {first} bars; shorten walk_forward.train or take more data.");
        }

        var folds = new List<Fold>();
        for (var start = firstTest; start < dates.Length;)
        {
            var end = Math.Max(start + 1, Advance(firstTest, test, folds.Count + 1));
            folds.Add(FoldOf(folds.Count, new BarRange(start, Math.Min(end, dates.Length))));
            start = end;
        }

        return folds;
    }

    /// <summary>The fold whose test window would begin after the last bar: all data trains (or validates).</summary>
    /// <param name="index">Its index; none of <see cref="Plan"/>'s.</param>
    public Fold ForDeployment(int index) => FoldOf(index, new BarRange(dates.Length + gap, dates.Length + gap)) with { Test = new BarRange(dates.Length, dates.Length) };

    private int FirstTest()
    {
        var trainEnd = Advance(first, train, 1);
        return validation.Count == 0 || validation.Unit == WindowUnit.Percent ? trainEnd + gap : Advance(trainEnd + gap, validation, 1) + gap;
    }

    private Fold FoldOf(int index, BarRange testRange)
    {
        var lastEnd = testRange.Start - gap;
        if (validation.Count == 0) return new Fold(index, new BarRange(TrainStart(lastEnd), lastEnd), new BarRange(lastEnd, lastEnd), testRange);
        var validationStart = validation.Unit == WindowUnit.Percent
            ? lastEnd - (lastEnd - TrainStart(lastEnd)) * validation.Count / 100
            : Retreat(lastEnd, validation);
        var trainEnd = validationStart - gap;
        var trainStart = TrainStart(validation.Unit == WindowUnit.Percent ? lastEnd : trainEnd);
        if (trainEnd <= trainStart)
            throw new PriceDataException($"Fold {index}: walk_forward.train {train} leaves no train bar beside validation {validation} and a gap of {gap} bars.");
        return new Fold(index, new BarRange(trainStart, trainEnd), new BarRange(validationStart, lastEnd), testRange);
    }

    private int TrainStart(int end) => expanding ? first : Math.Max(first, Retreat(end, train));

    /// <summary>The bar that begins <paramref name="times"/> lengths after another; beyond the data it is past the end.</summary>
    private int Advance(int from, WindowLength length, int times)
    {
        if (length.Unit == WindowUnit.Bars) return from + length.Count * times;
        return from >= dates.Length ? from : AtOrAfter(dates[from].AddMonths(Months(length) * times));
    }

    private int Retreat(int from, WindowLength length) =>
        length.Unit == WindowUnit.Bars ? from - length.Count : AtOrAfter(dates[Math.Min(from, dates.Length - 1)].AddMonths(-Months(length)));

    private static int Months(WindowLength length) => length.Unit == WindowUnit.Years ? length.Count * 12 : length.Count;

    private int AtOrAfter(DateTime date)
    {
        var index = Array.BinarySearch(dates, date);
        return index >= 0 ? index : ~index;
    }
}
