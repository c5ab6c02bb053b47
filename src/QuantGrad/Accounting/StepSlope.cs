using System.Numerics;

namespace QuantGrad.Accounting;

/// <summary>What the way back through one step of the books needs of the step as a whole: the loss's derivatives by its sums, and two quotients.</summary>
internal readonly ref struct StepSlope<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Finds them.</summary>
    /// <param name="market">Costs.</param>
    /// <param name="result">The step's result row.</param>
    /// <param name="upstream">dL/d(result row).</param>
    /// <param name="gapped">Σ h·G, what the gap brought.</param>
    /// <param name="next">Σ dL/d(next h)·w·(1+I).</param>
    public StepSlope(in AccountingInputs<T> market, ReadOnlySpan<T> result, ReadOnlySpan<T> upstream, T gapped, T next)
    {
        var growth = T.One + gapped;
        var earned = (result[PortfolioAccounting.Gross] - gapped) / growth;
        var cost = result[PortfolioAccounting.Cost] / growth;
        var afterTrade = T.One + earned - cost;
        var ruin = T.CreateTruncating(PortfolioAccounting.RuinGrowth);
        PerGrowth = T.One / growth;
        PerAfterTrade = T.One / T.Max(afterTrade, ruin);
        var spread = growth * upstream[PortfolioAccounting.Net];
        if (afterTrade > ruin) spread -= next * PerAfterTrade * PerAfterTrade;
        var byCost = growth * upstream[PortfolioAccounting.Cost] - spread;
        Growth = upstream[PortfolioAccounting.Net] * afterTrade + upstream[PortfolioAccounting.Gross] * (T.One + earned) + upstream[PortfolioAccounting.Cost] * cost;
        Earned = spread + growth * upstream[PortfolioAccounting.Gross];
        Turnover = market.CostFraction * byCost + upstream[PortfolioAccounting.Turnover];
        Shorted = market.BorrowPerBar * byCost * T.CreateTruncating(0.5);
    }

    /// <summary>1/p, p the growth through the gap.</summary>
    public T PerGrowth { get; }

    /// <summary>1/(1+s), s what the step earned after costs.</summary>
    public T PerAfterTrade { get; }

    /// <summary>dL/dp, but for what goes through the drifted weights.</summary>
    public T Growth { get; }

    /// <summary>dL/d Σ w·I.</summary>
    public T Earned { get; }

    /// <summary>dL/dΔ.</summary>
    public T Turnover { get; }

    /// <summary>dL/d Σ(φ(w) − w).</summary>
    public T Shorted { get; }
}
