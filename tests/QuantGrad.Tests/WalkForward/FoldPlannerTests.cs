using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.WalkForward;

public class FoldPlannerTests
{
    [Fact]
    public void Plan_RollingTwoOne_GivesThePublishedIndices() =>
        Assert.Equal("[0 1]/[2], [1 2]/[3], [2 3]/[4], [3 4]/[5]", Text(Bars(6, false, 2, 0, 1, 0)));

    [Fact]
    public void Plan_RollingTwoOnePurgeOne_GivesThePublishedIndices() =>
        Assert.Equal("[0 1]/[3], [1 2]/[4], [2 3]/[5]", Text(Bars(6, false, 2, 0, 1, 1)));

    [Fact]
    public void Plan_ExpandingTwoTwo_GivesThePublishedIndices() =>
        Assert.Equal("[0 1]/[2 3], [0 1 2 3]/[4 5]", Text(Bars(6, true, 2, 0, 2, 0)));

    [Fact]
    public void Plan_WithValidation_LeavesAGapOnBothSides()
    {
        var fold = Bars(30, false, 10, 4, 5, 2)[1];

        Assert.Equal(new BarRange(5, 15), fold.Train);
        Assert.Equal(new BarRange(17, 21), fold.Validation);
        Assert.Equal(new BarRange(23, 28), fold.Test);
        Assert.Equal(17, fold.TrainHorizon);
    }

    [Fact]
    public void Plan_ValidationInPercent_IsCutFromTheTailOfTheTrainWindow()
    {
        var planner = new FoldPlanner(Days(40), 0, true, Length("20"), Length("10%", true), Length("10"), 1);

        var fold = planner.Plan()[0];

        Assert.Equal(new BarRange(0, 17), fold.Train);
        Assert.Equal(new BarRange(18, 20), fold.Validation);
        Assert.Equal(new BarRange(21, 31), fold.Test);
    }

    [Fact]
    public void Plan_Years_TestWindowsTileTheCalendarWithoutHoleOrOverlap()
    {
        var folds = new FoldPlanner(Days(4000), 17, false, Length("3y"), Length("6m"), Length("1y"), 2).Plan();

        for (var k = 1; k < folds.Count; k++) Assert.Equal(folds[k - 1].Test.End, folds[k].Test.Start);
        Assert.Equal(4000, folds[^1].Test.End);
        Assert.All(folds, fold => Assert.True(fold.Train.End + 2 == fold.Validation.Start && fold.Validation.End + 2 == fold.Test.Start));
        Assert.All(folds, fold => Assert.InRange(fold.Test.Count, 1, 366));
    }

    [Fact]
    public void Plan_DataCutShort_LeavesEarlierFoldsAsTheyWere()
    {
        var all = new FoldPlanner(Days(3000), 5, true, Length("2y"), Length("1y"), Length("1y"), 1).Plan();
        var cut = new FoldPlanner(Days(2000), 5, true, Length("2y"), Length("1y"), Length("1y"), 1).Plan();

        Assert.Equal(all.Take(cut.Count - 1), cut.Take(cut.Count - 1));
        Assert.Equal(all[cut.Count - 1].Train, cut[^1].Train);
    }

    [Fact]
    public void Plan_WindowLongerThanTheData_SaysWhatToDo()
    {
        var error = Assert.Throws<PriceDataException>(() => new FoldPlanner(Days(100), 0, true, Length("5y"), Length("1y"), Length("1y"), 1).Plan());

        Assert.Contains("shorten walk_forward.train", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, error.ExitCode);
    }

    [Theory]
    [InlineData(0, 0, "8 9 10 11|4 5 6 7|0 1 2 3")]
    [InlineData(1, 0, "9 10 11|5 6|0 1 2")]
    [InlineData(0, 1, "9 10 11|5 6 7|0 1 2 3")]
    public void Splits_TwelveBarsThreeFoldsTwoTest_GivesThePublishedIndices(int purge, int embargo, string expected)
    {
        var found = string.Join('|', CombinatorialSplits.Splits(12, 3, 2, purge, embargo).Select(split => string.Join(' ', split.TrainBars)));

        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData(6, 2, 5)]
    [InlineData(10, 2, 9)]
    [InlineData(10, 8, 36)]
    public void Paths_OfFolds_GivesThePublishedNumber(int folds, int testFolds, long paths) =>
        Assert.Equal(paths, CombinatorialSplits.Paths(folds, testFolds));

    [Theory]
    [InlineData(11, 4)]
    [InlineData(109, 10)]
    public void FoldOfBar_Remainder_BelongsToAFoldToo(int bars, int folds)
    {
        var counts = CombinatorialSplits.FoldOfBar(bars, folds).GroupBy(fold => fold).Select(group => group.Count()).ToArray();

        Assert.Equal(folds, counts.Length);
        Assert.True(counts.Max() - counts.Min() <= 1);
    }

    private static IReadOnlyList<Fold> Bars(int count, bool expanding, int train, int validation, int test, int gap) =>
        new FoldPlanner(Days(count), 0, expanding, new WindowLength(train, WindowUnit.Bars), new WindowLength(validation, WindowUnit.Bars), new WindowLength(test, WindowUnit.Bars), gap).Plan();

    private static DateTime[] Days(int count) => Enumerable.Range(0, count).Select(day => new DateTime(2000, 1, 3, 0, 0, 0, DateTimeKind.Utc).AddDays(day)).ToArray();

    private static WindowLength Length(string text, bool allowPercent = false) =>
        WindowLength.TryParse(text, allowPercent, out var length) ? length : throw new ArgumentException(text);

    private static string Text(IReadOnlyList<Fold> folds) => string.Join(", ", folds.Select(fold => $"{Text(fold.Train)}/{Text(fold.Test)}"));

    private static string Text(BarRange range) => $"[{string.Join(' ', Enumerable.Range(range.Start, range.Count))}]";
}
