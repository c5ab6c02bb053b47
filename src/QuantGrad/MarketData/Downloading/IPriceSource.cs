namespace QuantGrad.MarketData.Downloading;

/// <summary>A place that prices are fetched from.</summary>
internal interface IPriceSource
{
    /// <summary>Fetches one symbol.</summary>
    /// <param name="request">Which symbol, days and bars.</param>
    /// <param name="log">Takes what is wrong with the bars.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Its finished bars, in the order in which they came.</returns>
    Task<BarSeries> FetchAsync(DownloadRequest request, DefectLog log, CancellationToken cancellation);
}
