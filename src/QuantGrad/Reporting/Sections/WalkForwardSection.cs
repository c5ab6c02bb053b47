using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>How the run walked forward: the windows, the fold table, and what was left of the in-sample Sharpe out of sample.</summary>
internal static class WalkForwardSection
{
    // Windows of a year differ by days, since they end on trading days.
    private const double Whole = 0.9;

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RecordedRun run)
    {
        if (run.Folds.Length == 0) return;
        Page.Section(html, "walk-forward", "Walk-forward", "Every fold is trained on the past alone and tested on the bars that follow; only the test windows are joined into the figures of this page.");
        html.Open("div", ("class", "charts"));
        Timeline(run).Write(html);
        InAndOut(run).Write(html);
        html.Close();
        FoldTable(run).Write(html);
        html.Close();
    }

    private static Chart Timeline(RecordedRun run)
    {
        var spans = new List<Span>();
        for (var row = 0; row < run.Folds.Length; row++)
        {
            var fold = run.Folds[row];
            Add(row, "train", fold.TrainStart, fold.TrainEnd);
            Add(row, "purge", fold.TrainEnd, fold.ValidationStart ?? fold.TestStart);
            Add(row, "validation", fold.ValidationStart, fold.ValidationEnd);
            if (fold.ValidationEnd is not null) Add(row, "purge", fold.ValidationEnd, fold.TestStart);
            Add(row, "test", fold.TestStart, fold.TestEnd);
        }

        void Add(int row, string kind, DateTime? from, DateTime? to)
        {
            if (from is { } start && to is { } end && end > start) spans.Add(new Span(row, kind, EquityRecord.Day(start), EquityRecord.Day(end)));
        }

        var first = run.Folds[0];
        var table = new Table("Windows of the folds", "<Fold", "Train", "Validation", "Test");
        foreach (var fold in run.Folds)
            table.Row(fold.Number, Window(fold.TrainStart, fold.TrainEnd), Window(fold.ValidationStart, fold.ValidationEnd), Window(fold.TestStart, fold.TestEnd));
        return new Chart("windows", "Windows of the folds",
            $"Fold {first.Number} trains to {Print.Date(first.TrainEnd)} and tests from {Print.Date(first.TestStart)}; the gaps between windows are purged, so that no outcome is in two of them.{CutShort(run.Folds)}",
            new TimelineChart([.. run.Folds.Select(fold => fold.Number)], [.. spans]), table)
        {
            Height = Math.Max(120, 46 + 18 * run.Folds.Length),
        };
    }

    /// <summary>A last test window that ends with the prices, in words; empty where it is about as long as the one before it.</summary>
    private static string CutShort(FoldRecord[] folds)
    {
        if (folds is not [.., { TestStart: { } start, TestEnd: { } end }, { TestStart: { } lastStart, TestEnd: { } lastEnd } last]) return "";
        return lastEnd - lastStart >= Whole * (end - start)
            ? ""
            : $" The last test window ends with the prices, on {Print.Date(lastEnd)}, and is shorter than the others: the figures of fold {last.Number} say little by themselves; its model, trained on the newest prices, is the exported one.";
    }

    private static Chart InAndOut(RecordedRun run)
    {
        var (train, validation, test) = (Column(run, fold => fold.TrainSharpe), Column(run, fold => fold.ValidationSharpe), Column(run, fold => fold.TestSharpe));
        var series = new List<DrawnSeries> { new("In sample", train) { Role = "train" } };
        if (Array.Exists(validation, double.IsFinite)) series.Add(new DrawnSeries("Validation", validation) { Role = "validation" });
        series.Add(new DrawnSeries("Out of sample", test) { Role = "test" });
        var table = new Table("Sharpe ratio of each fold in and out of sample", "<Fold", "In sample", "Validation", "Out of sample", "Out / in");
        foreach (var fold in run.Folds)
            table.Row(fold.Number, Print.Number(fold.TrainSharpe), Print.Number(fold.ValidationSharpe), Print.Number(fold.TestSharpe), Ratio(fold.TestSharpe, fold.TrainSharpe));
        return new Chart("in-out", "Sharpe in and out of sample", InAndOutReading(run.Folds, train, test), new BarChart([.. run.Folds.Select(fold => fold.Number)], "number1", [.. series]) { Level = 0 }, table)
        {
            Height = Math.Max(220, 46 + 18 * run.Folds.Length),
        };
    }

    // A last window of a few bars may have any Sharpe ratio: it counts in the mean by its length.
    private static string InAndOutReading(FoldRecord[] folds, double[] train, double[] test)
    {
        var both = Enumerable.Range(0, train.Length).Where(fold => double.IsFinite(train[fold]) && double.IsFinite(test[fold])).ToArray();
        if (both.Length == 0) return "No fold has both an in-sample and an out-of-sample Sharpe ratio.";
        double Length(int fold) => folds[fold] is { TestStart: { } start, TestEnd: { } end } && end > start ? (end - start).TotalDays : 1;
        double Mean(double[] sharpe) => both.Sum(fold => Length(fold) * sharpe[fold]) / both.Sum(Length);
        var (inside, outside) = (Mean(train), Mean(test));
        var mean = CutShort(folds).Length > 0 ? "The mean fold, each by the length of its test," : "The mean fold";
        return (inside > 0 && outside > 0
            ? $"{mean} keeps {Print.Number(outside)} of its in-sample {Print.Number(inside)}, a ratio of {Print.Number(outside / inside)}; "
            : $"{mean} has {Print.Number(inside)} in sample and {Print.Number(outside)} out of sample; ") +
            $"{both.Count(fold => test[fold] > 0)} of {Print.Plural(both.Length, "fold")} above zero out of sample.";
    }

    private static Table FoldTable(RecordedRun run)
    {
        var table = new Table("Folds", "<Fold", "Train", "Validation", "Test", "Epochs", "Sharpe in sample", "Sharpe validation", "Sharpe out of sample", "Out / in");
        foreach (var fold in run.Folds)
            table.Row(fold.Number, Days(fold.TrainStart, fold.TrainEnd), Days(fold.ValidationStart, fold.ValidationEnd), Days(fold.TestStart, fold.TestEnd),
                Print.Number(fold.Epochs, 0), Print.Number(fold.TrainSharpe), Print.Number(fold.ValidationSharpe), Print.Number(fold.TestSharpe), Ratio(fold.TestSharpe, fold.TrainSharpe));
        return table;
    }

    private static string Ratio(double outside, double inside) => inside > 0 ? Print.Number(outside / inside) : Print.Undefined;

    private static string Window(DateTime? from, DateTime? to) => from is null ? "–" : $"{Print.Date(from)} … {Print.Date(to)}";

    // The times of intraday windows stand in the table of the chart; here they would be wider than paper.
    private static string Days(DateTime? from, DateTime? to) => Window(from?.Date, to?.Date);

    private static double[] Column(RecordedRun run, Func<FoldRecord, double> value) => Array.ConvertAll(run.Folds, fold => value(fold));
}
