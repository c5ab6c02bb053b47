using System.Globalization;
using QuantGrad.MarketData;

namespace QuantGrad.Exporting;

/// <summary>The <c>predict</c> command's work: which dates may be decided on, and what the user should know about them.</summary>
public static class BundlePrediction
{
    /// <summary>Decides on a market's dates.</summary>
    /// <param name="predictor">The bundle.</param>
    /// <param name="data">Prices, with history.</param>
    /// <param name="from">First date; null for the first that the model has not seen.</param>
    /// <param name="allowSeen">Decides on dates inside the training window too.</param>
    /// <param name="threads">Threads for the features.</param>
    /// <param name="warn">Told of what the user should know.</param>
    /// <exception cref="ModelException">The dates are inside the training window, or the bars of another interval.</exception>
    public static Predictions Run(BundlePredictor predictor, MarketDataSet data, DateTime? from, bool allowSeen, int threads, Action<string> warn)
    {
        var window = predictor.Manifest.Window;
        if (Math.Abs((data.BarInterval / predictor.BarInterval) - 1) > 0.01)
            throw new ModelException($"{predictor.Bundle.Folder} was trained on bars of {predictor.BarInterval:c}; these are bars of {data.BarInterval:c}.");
        var start = from ?? (allowSeen ? DateTime.MinValue : window.NotBefore);
        if (start < window.NotBefore && !allowSeen)
        {
            throw new ModelException($"{Date(start)} is inside the window that {predictor.Bundle.Folder} was trained on ({Date(window.TrainStart)} to {Date(window.ValidationEnd ?? window.TrainEnd)}): "
                + $"its position there is hindsight. Begin at {Date(window.NotBefore)}, or say --allow-seen.");
        }

        foreach (var defect in data.Defects) warn(defect.ToString());
        var dates = data.Panel.Dates;
        var first = Array.FindIndex(dates, date => date >= start);
        if (first < 0)
        {
            throw new ModelException($"The prices end at {Date(dates[^1])}; {(from is null ? $"the model may decide from {Date(window.NotBefore)} on, after what it was trained on" : $"the first date asked for is {Date(start)}")}. "
                + "Give later prices, or say --allow-seen.");
        }

        if (first + 1 < predictor.Manifest.HistoryBars)
            warn($"{first + 1} bars up to {Date(dates[first])}; the model needs {predictor.Manifest.HistoryBars} to agree with its backtest to 1e-6. Give prices that begin earlier.");
        if (window.Expires is { } expires && dates[^1] > expires) warn($"The model was meant for dates up to {Date(expires)}; the prices go on to {Date(dates[^1])}. Train again on newer prices.");
        var predicted = predictor.Predict(data.Panel, first, threads);
        if (MissingSymbols.Of(predictor.Manifest.Market.Symbols, data.Panel.Symbols) is { } missing) warn($"{missing}.");
        foreach (var symbol in predicted.Traded().Except(predictor.Manifest.Market.Symbols, StringComparer.Ordinal)) warn($"{symbol} was not among the symbols that the model was trained on.");
        return predicted;
    }

    private static string Date(DateTime time) => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
