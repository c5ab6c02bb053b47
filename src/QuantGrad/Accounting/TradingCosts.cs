namespace QuantGrad.Accounting;

/// <summary>What trading costs, as the accounting uses it.</summary>
/// <param name="CostFraction">κ, cost as a fraction of the traded value: (commission + spread/2 + slippage) · 1e-4.</param>
/// <param name="BorrowPerBar">Cost of a short position for one bar as a fraction of its value: borrow_bps_per_year · 1e-4 / periods per year.</param>
public readonly record struct TradingCosts(double CostFraction, double BorrowPerBar)
{
    /// <summary>No costs at all.</summary>
    public static TradingCosts None => default;

    /// <summary>From basis points (1 bp = 1e-4 of the traded value).</summary>
    /// <param name="commissionBps">Commission a trade, bp of its value, at least 0.</param>
    /// <param name="spreadBps">Full bid-ask spread, bp; half of it is paid a trade.</param>
    /// <param name="slippageBps">Slippage a trade, bp.</param>
    /// <param name="borrowBpsPerYear">Borrow fee of short positions, bp a year.</param>
    /// <param name="periodsPerYear">Bars a year.</param>
    public static TradingCosts FromBasisPoints(double commissionBps, double spreadBps, double slippageBps, double borrowBpsPerYear, double periodsPerYear) =>
        new((commissionBps + spreadBps / 2 + slippageBps) * 1e-4, borrowBpsPerYear * 1e-4 / periodsPerYear);

    /// <summary>The same costs times a factor: a cost that grows over the first epochs, a sweep of a report.</summary>
    public TradingCosts Times(double factor) => new(CostFraction * factor, BorrowPerBar * factor);
}
