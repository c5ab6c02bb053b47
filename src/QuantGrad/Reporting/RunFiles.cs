using System.Globalization;
using System.Text;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Reporting;

/// <summary>The tables of a run's folder: <c>positions.csv</c>, <c>equity.csv</c> and <c>folds.csv</c>, with numbers that read back to the same bits.</summary>
internal static class RunFiles
{
    /// <summary><c>date,symbol,fold,signal,weight</c>: a row a symbol that was decided on, or (without a signal) that is held though it has no bar.</summary>
    public static string Positions(OutOfSample result)
    {
        var text = new StringBuilder("date,symbol,fold,signal,weight\n");
        var panel = result.Market.Data.Panel;
        var date = Dates(panel.Dates);
        for (var step = 0; step < result.Signals.Length / result.Assets; step++)
        {
            var fold = result.FoldOf(step);
            for (var asset = 0; asset < result.Assets; asset++)
            {
                var signal = result.Signals[step * result.Assets + asset];
                var weight = result.Weight(step, asset);
                if (double.IsNaN(signal) && weight == 0) continue;
                text.Append(date(panel.Dates[result.First + step])).Append(',').Append(CsvText.Cell(panel.Symbols[asset])).Append(',').Append(fold).Append(',')
                    .Append(double.IsNaN(signal) ? "" : Number((float)signal)).Append(',').Append(Number(weight)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary><c>date,fold,gross_return,cost,net_return,equity,drawdown,turnover</c>: a row a date on which an out-of-sample outcome is known.</summary>
    public static string Equity(OutOfSample result)
    {
        var text = new StringBuilder("date,fold,gross_return,cost,net_return,equity,drawdown,turnover\n");
        var ledger = result.Ledger;
        var date = Dates(result.Market.Data.Panel.Dates);
        for (var row = 0; row < ledger.Steps; row++)
        {
            text.Append(date(ledger.Dates[row])).Append(',').Append(result.FoldOf(row));
            foreach (var value in (ReadOnlySpan<double>)[ledger.Gross(row), ledger.Cost(row), ledger.Net(row), ledger.Equity[row], ledger.Drawdown[row], ledger.Turnover(row)])
                text.Append(',').Append(Number(value));
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A row a fold: windows by their first and last decision, Sharpe ratios, epochs.</summary>
    public static string Folds(OutOfSample result, IReadOnlyList<FoldFigures> figures)
    {
        var text = new StringBuilder("fold,train_start,train_end,validation_start,validation_end,test_start,test_end,"
            + "train_sharpe,validation_sharpe,test_sharpe,epochs,best_epoch,seeds,test_observations\n");
        foreach (var fold in figures)
        {
            text.Append(fold.Fold.Index);
            foreach (var range in (ReadOnlySpan<BarRange>)[fold.Fold.Train, fold.Fold.Validation, fold.Fold.Test])
                text.Append(',').Append(First(result, range)).Append(',').Append(Last(result, range));
            foreach (var value in (ReadOnlySpan<double>)[fold.TrainSharpe.Value, fold.ValidationSharpe.Value, fold.TestSharpe.Value, fold.Epochs, fold.BestEpoch])
                text.Append(',').Append(Number(value));
            text.Append(',').Append(fold.Seeds).Append(',').Append(fold.TestObservations).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// How the dates of a calendar are written in ISO 8601, all in one form: dates alone, or with their time in UTC where any bar has one, a bar of midnight too.
    /// </summary>
    /// <param name="calendar">The market's dates.</param>
    public static Func<DateTime, string> Dates(DateTime[] calendar)
    {
        var form = Array.TrueForAll(calendar, date => date.TimeOfDay == TimeSpan.Zero) ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ssZ";
        return date => date.ToString(form, CultureInfo.InvariantCulture);
    }

    /// <summary>The first bar of a range; empty where the range is.</summary>
    public static string First(OutOfSample result, BarRange range) => range.Count == 0 ? "" : At(result, range.Start);

    /// <summary>The last bar of a range; empty where the range is.</summary>
    public static string Last(OutOfSample result, BarRange range) => range.Count == 0 ? "" : At(result, range.End - 1);

    private static string At(OutOfSample result, int step) => Dates(result.Market.Data.Panel.Dates)(result.Market.Data.Panel.Dates[step]);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
