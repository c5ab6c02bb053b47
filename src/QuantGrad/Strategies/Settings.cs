using QuantGrad.Accounting;

namespace QuantGrad.Strategies;

/// <summary>The prices of a strategy.</summary>
/// <param name="Path">Files or folders, absolute.</param>
/// <param name="From">First date used, null for the first there is.</param>
/// <param name="To">Last date used, null for the last there is.</param>
/// <param name="PeriodsPerYear">Bars a year for annual figures, null to take it from the bars.</param>
public sealed record DataSettings(IReadOnlyList<string> Path, DateOnly? From, DateOnly? To, double? PeriodsPerYear);

/// <summary>How the model's output becomes weights.</summary>
/// <param name="Sizing">Whether a position is scaled to a volatility.</param>
/// <param name="VolTarget">Annual volatility aimed at, 0.15 is 15%.</param>
/// <param name="VolSpan">Span in bars of the exponentially weighted volatility that sizes a position.</param>
/// <param name="MaxLeverage">The largest |weight| of one asset before it is shared out over the portfolio.</param>
/// <param name="Portfolio">How the assets share the equity.</param>
public sealed record PositionSettings(Sizing Sizing, double VolTarget, int VolSpan, double MaxLeverage, Portfolio Portfolio);

/// <summary>How one position is sized.</summary>
public enum Sizing
{
    /// <summary>signal × target volatility ÷ own volatility, capped.</summary>
    VolTarget,

    /// <summary>The signal itself.</summary>
    None,
}

/// <summary>How the assets share the equity.</summary>
public enum Portfolio
{
    /// <summary>Each asset gets one A-th, A the number of assets that can be traded at the date.</summary>
    Equal,

    /// <summary>Long only: the softmax of the model's scores over the assets that can be traded at the date.</summary>
    Softmax,

    /// <summary>Long and short in balance: the scores less their mean over those assets, scaled to a gross exposure of one.</summary>
    MarketNeutral,
}

/// <summary>What trading costs, in basis points (1 bp = 0.0001) of the value traded.</summary>
/// <param name="CommissionBps">Commission.</param>
/// <param name="SpreadBps">The whole spread between bid and ask; a trade pays half.</param>
/// <param name="SlippageBps">Slippage.</param>
/// <param name="BorrowBpsPerYear">What a short position pays a year.</param>
public sealed record CostSettings(double CommissionBps, double SpreadBps, double SlippageBps, double BorrowBpsPerYear)
{
    /// <summary>The costs as the accounting uses them.</summary>
    /// <param name="periodsPerYear">Bars a year.</param>
    public TradingCosts ToTradingCosts(double periodsPerYear) =>
        TradingCosts.FromBasisPoints(CommissionBps, SpreadBps, SlippageBps, BorrowBpsPerYear, periodsPerYear);
}

/// <summary>When orders are filled.</summary>
/// <param name="Fill">Null: <see cref="Accounting.Fill.NextOpen"/> where the data has opens, else <see cref="Accounting.Fill.NextClose"/>.</param>
public sealed record ExecutionSettings(Fill? Fill);

/// <summary>Which bars train and which test.</summary>
/// <param name="Scheme">Whether the train window grows or moves.</param>
/// <param name="Train">Train window (the first one where it grows), in years, months or bars.</param>
/// <param name="Validation">What early stopping looks at, after the train window; a percentage is cut from the tail of the train window instead; 0 bars for none.</param>
/// <param name="Test">Test window, which is also the step from fold to fold.</param>
/// <param name="Purge">Bars left out between train and validation and between validation and test; null covers the horizon and the execution lag.</param>
/// <param name="Embargo">Further bars left out in each gap, beyond the purge.</param>
public sealed record WalkForwardSettings(WalkForwardScheme Scheme, WindowLength Train, WindowLength Validation, WindowLength Test, int? Purge, int Embargo);

/// <summary>Whether the train window grows or moves.</summary>
public enum WalkForwardScheme
{
    /// <summary>Always from the first bar.</summary>
    Expanding,

    /// <summary>Always of the same length.</summary>
    Rolling,
}
