namespace QuantGrad.Strategies;

/// <summary>What training maximises: minus the sum of the losses times their weights, and of the penalties.</summary>
/// <param name="Loss">The losses, at least one, each once, in the file's order.</param>
/// <param name="TurnoverPenalty">Taken off the objective per unit of turnover a year; 0 leaves only the costs themselves.</param>
/// <param name="LeveragePenalty">Taken off the objective per unit of mean gross leverage Σ|weight|; 0 for none.</param>
public sealed record ObjectiveSettings(IReadOnlyList<ObjectiveTerm> Loss, double TurnoverPenalty, double LeveragePenalty)
{
    /// <summary>The losses in one word, such as <c>sharpe</c> or <c>sharpe + 0.2 cvar</c>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Summary => string.Join(" + ", Loss.Select(term =>
        (term.Weight == 1 ? "" : FormattableString.Invariant($"{term.Weight} ")) + FileNaming.Instance.ConvertName(term.Loss.ToString())));
}

/// <summary>One loss of a sum.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Weight">Greater than 0.</param>
public sealed record ObjectiveTerm(Loss Loss, double Weight);

/// <summary>The objective, as a loss to be minimised.</summary>
public enum Loss
{
    /// <summary>Minus the annual Sharpe ratio of the portfolio's net returns.</summary>
    Sharpe,

    /// <summary>Minus the annual Sharpe ratio of all symbols' returns in one pool.</summary>
    PooledSharpe,

    /// <summary>Minus the mean differential Sharpe ratio, each bar judged by what it adds to the moving ratio before it: online training.</summary>
    DifferentialSharpe,

    /// <summary>Minus the annual Sortino ratio: only losses count as risk.</summary>
    Sortino,

    /// <summary>Minus growth a year over the deepest drawdown, smoothed.</summary>
    Calmar,

    /// <summary>Minus gains over losses.</summary>
    Omega,

    /// <summary>Minus the growth rate a year.</summary>
    LogUtility,

    /// <summary>Minus the mean less five times the variance, a year.</summary>
    MeanVariance,

    /// <summary>Minus the mean, plus a tenth of the mean loss of the worst 5% of bars, a year.</summary>
    Cvar,

    /// <summary>Minus the smooth minimum of the Sharpe ratios of the window's years.</summary>
    WindowedSharpe,

    /// <summary>Textbook baseline without books: the mean squared difference of the signal and the symbol's next return over its root mean square.</summary>
    Mse,

    /// <summary>Textbook baseline without books: minus the mean log-probability that the signal, as a probability of a rise, gives to the sign of the next return.</summary>
    CrossEntropy,
}
