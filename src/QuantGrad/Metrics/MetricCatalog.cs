using QuantGrad.Metrics.Relative;
using QuantGrad.Metrics.Returns;
using QuantGrad.Metrics.Risk;
using QuantGrad.Metrics.Significance;
using QuantGrad.Metrics.Trading;

namespace QuantGrad.Metrics;

/// <summary>Every figure in the order of <c>metrics.json</c>. A new one is a new file and one row here.</summary>
public static class MetricCatalog
{
    /// <summary>The definitions in order.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        SharpeRatio.Definition,
        SortinoRatio.Definition,
        CalmarRatio.Definition,
        Cagr.Definition,
        TotalReturn.Definition,
        Volatility.Definition,
        Drawdown.Definition,
        DrawdownDays.Definition,
        TradingCost.Turnover,
        TradingCost.Cost,
        HitRate.Definition,
        Shape.Skew,
        Shape.Kurtosis,
        ValueAtRisk.Definition,
        ValueAtRisk.Shortfall,
        TradingCost.Exposure,
        Observations.Definition,
        ProbabilisticSharpe.Definition,
        DeflatedSharpe.Definition,
        DeflatedSharpe.Trials,
        TrackRecord.Definition,
        SharpeInterval.Definition,
        ProbabilisticSharpe.Error,
        DeflatedSharpe.Threshold,
        TrackRecord.BacktestLength,
        LoAnnualization.Definition,
        NeweyWest.Definition,
        BlockLength.Definition,
        SharpeRatio.Gross,
        SortinoRatio.Deviation,
        OmegaRatio.Definition,
        UlcerIndex.Definition,
        RecoveryFactor.Definition,
        TailRatio.Definition,
        GainToPain.Definition,
        Payoff.AverageWin,
        Payoff.AverageLoss,
        Payoff.Ratio,
        Payoff.ProfitFactor,
        Payoff.KellyFraction,
        Extremes.Best,
        Extremes.Worst,
        Autocorrelation.Definition,
        TradingCost.GrossExposure,
        CostCurve.BreakEven,
        Stability.Definition,
        WorstQuarter.Definition,
        MarketModel.BetaDefinition,
        MarketModel.AlphaDefinition,
        MarketModel.CorrelationDefinition,
        MarketModel.InformationDefinition,
        MarketModel.TrackingErrorDefinition,
        Capture.Up,
        Capture.Down,
        Observations.Years,
    ];
}
