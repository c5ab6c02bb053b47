namespace QuantGrad.MarketData.Synthetic;

/// <summary>A synthetic market and what is hidden in it.</summary>
/// <param name="Kind"><c>regimes</c>, <c>ar1</c> or <c>noise</c>.</param>
/// <param name="Panel">The prices, as a file of them would hold them.</param>
/// <param name="AttainableSharpe">
/// The best annual Sharpe ratio before costs of anyone who knows the rule and sees only the past: √(252·θ/(1−θ)) with θ the mean of
/// q/(1+q), q = μ′Σ⁻¹μ, μ and Σ the mean and covariance of the next bar's returns (Hansen and Richard 1987; Ferson and Siegel 2001).
/// </param>
/// <param name="SymbolRuleSharpe">The same for one rule applied to each symbol by itself, which cannot hedge one symbol with another.</param>
/// <param name="Description">What was planted, in words and formulas.</param>
public sealed record PlantedMarket(string Kind, Panel Panel, double AttainableSharpe, double SymbolRuleSharpe, string Description);
