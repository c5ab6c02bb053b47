namespace QuantGrad.Accounting;

/// <summary>
/// The end of an account: a bar that takes all its equity (its growth falls to <see cref="PortfolioAccounting.RuinGrowth"/> or below, in the gap or after it) brings
/// −100%, and nothing is held or earned afterwards. Whoever lent the rest bears the rest. Of evaluation only: the training loss goes on, so that it keeps its gradient.
/// </summary>
internal static class Ruin
{
    /// <summary>Closes the account at its first ruin.</summary>
    /// <param name="market">As given to <see cref="PortfolioAccounting.Forward"/>.</param>
    /// <param name="result">As left by it; changed from the ruin on.</param>
    /// <param name="state">As left by it; changed from the ruin on.</param>
    /// <param name="rows">Rows whose outcome is known.</param>
    /// <returns>The row of the ruin, or null.</returns>
    public static int? Close(in AccountingInputs<double> market, Span<double> result, Span<double> state, int rows)
    {
        var width = market.Assets * PortfolioAccounting.StateWidth;
        for (var row = 0; row < rows; row++)
        {
            var growth = 1.0;
            for (var asset = 0; asset < market.Assets; asset++) growth += state[row * width + asset] * market.Gap[row * market.Assets + asset];
            var booked = result.Slice(row * PortfolioAccounting.Columns, PortfolioAccounting.Columns);
            var isInGap = growth <= PortfolioAccounting.RuinGrowth;
            if (!isInGap && !(1 + booked[PortfolioAccounting.Net] <= PortfolioAccounting.RuinGrowth)) continue;

            booked[PortfolioAccounting.Net] = -1;
            booked[PortfolioAccounting.Gross] = isInGap ? -1 : Math.Max(booked[PortfolioAccounting.Gross], -1);
            booked[PortfolioAccounting.Cost] = booked[PortfolioAccounting.Gross] + 1;
            if (isInGap) booked[PortfolioAccounting.Turnover] = 0;
            result[((row + 1) * PortfolioAccounting.Columns)..].Clear();
            state[(isInGap ? row * width + market.Assets : (row + 1) * width)..].Clear();
            return row;
        }

        return null;
    }
}
