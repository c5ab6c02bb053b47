namespace QuantGrad.Reporting.Record;

/// <summary>A row of <c>folds.csv</c>.</summary>
/// <param name="Number">The fold, from 0 or 1 as the file counts.</param>
/// <param name="TrainStart">First training date.</param>
/// <param name="TrainEnd">Last training date.</param>
/// <param name="ValidationStart">First validation date; null without validation.</param>
/// <param name="ValidationEnd">Last validation date.</param>
/// <param name="TestStart">First test date.</param>
/// <param name="TestEnd">Last test date.</param>
/// <param name="TrainSharpe">Annual net Sharpe ratio in sample.</param>
/// <param name="ValidationSharpe">On the validation window.</param>
/// <param name="TestSharpe">Out of sample.</param>
/// <param name="Epochs">Epochs trained, the mean over seeds.</param>
internal sealed record FoldRecord(
    string Number, DateTime? TrainStart, DateTime? TrainEnd, DateTime? ValidationStart, DateTime? ValidationEnd, DateTime? TestStart, DateTime? TestEnd,
    double TrainSharpe, double ValidationSharpe, double TestSharpe, double Epochs)
{
    /// <summary>The folds of a file, in its order.</summary>
    public static FoldRecord[] Of(CsvColumns table)
    {
        var names = table.Text("fold");
        DateTime?[] Dates(string column) => table.Has(column) ? table.Dates(column) : new DateTime?[table.Rows];
        double[] Numbers(string column) => table.Has(column) ? table.Numbers(column) : [.. Enumerable.Repeat(double.NaN, table.Rows)];
        var (trainStart, trainEnd) = (Dates("train_start"), Dates("train_end"));
        var (validationStart, validationEnd) = (Dates("validation_start"), Dates("validation_end"));
        var (testStart, testEnd) = (Dates("test_start"), Dates("test_end"));
        var (train, validation, test, epochs) = (Numbers("train_sharpe"), Numbers("validation_sharpe"), Numbers("test_sharpe"), Numbers("epochs"));
        return [.. Enumerable.Range(0, table.Rows).Select(row => new FoldRecord(
            names[row], trainStart[row], trainEnd[row], validationStart[row], validationEnd[row], testStart[row], testEnd[row],
            train[row], validation[row], test[row], epochs[row]))];
    }
}
