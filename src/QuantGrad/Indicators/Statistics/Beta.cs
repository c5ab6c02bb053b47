using QuantGrad.Indicators.Momentum;
using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Statistics;

/// <summary>Beta of a series against a market, also on the market's rises and falls alone.</summary>
internal sealed class Beta(int periods, int type) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "beta",
        Title = "Beta",
        Formula = "covariance/variance of the one-bar returns of the first series and the second (the market) over n returns; up and down: only those with a positive or negative market return; ratio = up/down, convexity = (up − down)²",
        Source = "Sharpe 1964; Stock.Indicators ToBeta",
        Inputs = Inputs.Close | Inputs.Second,
        Parameters =
        [
            IndicatorParameter.Bars("lookback_periods", min: 2, example: 50),
            IndicatorParameter.Choice("type", "standard", "up", "down", "all"),
        ],
        Fields = ["beta", "beta_up", "beta_down", "ratio", "convexity", "returns_eval", "returns_mrkt"],
        Sparse = ["beta", "beta_up", "beta_down", "ratio", "convexity"],
        WarmUp = static p => [(int)p[0], (int)p[0], (int)p[0], (int)p[0], (int)p[0], 1, 1],
        Factory = static p => new Beta((int)p[0], (int)p[1]),
    };

    private readonly Ret returns = new(1);
    private readonly Ret marketReturns = new(1);
    private readonly SlidingWindow<Comoments> all = new(periods);
    private readonly SlidingWindow<Comoments> rises = new(periods);
    private readonly SlidingWindow<Comoments> falls = new(periods);

    public override void Reset()
    {
        returns.Reset();
        marketReturns.Reset();
        all.Reset();
        rises.Reset();
        falls.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        var (x, market) = (returns.Next(bar.Close), marketReturns.Next(bar.Open));
        (fields[5], fields[6]) = (x, market);
        if (double.IsNaN(x + market)) return;
        rises.Push(market > 0 ? Comoments.Of(market, x) : default);
        falls.Push(market < 0 ? Comoments.Of(market, x) : default);
        if (!all.Push(Comoments.Of(market, x))) return;
        if (type is 0 or 3) fields[0] = Of(all);
        if (type is 1 or 3) fields[1] = Of(rises);
        if (type is 2 or 3) fields[2] = Of(falls);
        fields[3] = fields[1] / fields[2];
        fields[4] = (fields[1] - fields[2]) * (fields[1] - fields[2]);
    }

    private static double Of(SlidingWindow<Comoments> window) => window.Value.Xx > 0 ? window.Value.Xy / window.Value.Xx : double.NaN;
}
