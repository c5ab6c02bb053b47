using System.Globalization;
using QuantGrad.Autodiff;
using QuantGrad.Features;
using QuantGrad.MarketData;
using QuantGrad.Rules;
using Node = QuantGrad.Autodiff.Node;

namespace QuantGrad.Tests.Rules;

/// <summary>A hard rule computes what the published indicators compute: the same formula with its look-back trained, and hardened, against the features' code.</summary>
public class RuleIndicatorTests
{
    private const int Bars = 900;
    private static readonly Panel Prices = SyntheticMarket.Regimes(3, 1, 4).Panel;

    /// <summary>Windows: equal from the first bar on that sees a whole look-back.</summary>
    [Theory]
    [InlineData("sma(close, {0})")]
    [InlineData("sma({0})")]
    [InlineData("stdev(close, {0})")]
    [InlineData("stdev({0}).z_score")]
    [InlineData("zscore(close, {0})")]
    [InlineData("rolling_max(high, {0})")]
    [InlineData("rolling_min(low, {0})")]
    [InlineData("lag(close, {0})")]
    [InlineData("ret({0})")]
    [InlineData("roc({0})")]
    [InlineData("donchian({0})")]
    [InlineData("donchian({0}).upper_band")]
    [InlineData("donchian({0}).lower_band")]
    [InlineData("bollinger_bands({0}, 2).upper_band")]
    [InlineData("bb({0}, 2).lower_band")]
    [InlineData("bb(lookback_periods={0}).z_score")]
    [InlineData("bb({0}, 1.5).percent_b")]
    [InlineData("bb({0}, 1.5).width")]
    [InlineData("vol({0})")]
    [InlineData("vol(open, {0})")]
    [InlineData("rolling_std({0})")]
    [InlineData("rolling_sum({0})")]
    [InlineData("stoch({0}, 3, 4)")]
    [InlineData("stoch({0}, 3, 4).signal")]
    [InlineData("williams_r({0})")]
    [InlineData("sma(close - open, {0})")]
    [InlineData("where(close > sma(close, {0}), 1, -1)")]
    public void HardWindow_EqualsTheIndicator(string formula) => Compare(formula, 12.4, 12, from: 20, 1e-9);

    /// <summary>Averages begin at their first value instead of the mean of the first n, and agree once that is forgotten.</summary>
    [Theory]
    [InlineData("ema(close, {0})")]
    [InlineData("smma(close, {0})")]
    [InlineData("dema({0})")]
    [InlineData("tema({0})")]
    [InlineData("atr({0})")]
    [InlineData("atr({0}).atrp")]
    [InlineData("rsi({0})")]
    [InlineData("macd({0}, 26, 9)")]
    [InlineData("macd({0}, 26, 9).signal")]
    [InlineData("macd({0}, 26, 9).histogram")]
    [InlineData("keltner({0}, 1.5, 9).upper_band")]
    [InlineData("keltner({0}, 1.5, {0}).lower_band")]
    public void HardAverage_EqualsTheIndicatorOnceItsBeginningIsForgotten(string formula) => Compare(formula, 12, 12, from: 600, 1e-7);

    [Fact]
    public void Compare_AnotherLookBack_IsSeen() => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Compare("sma(close, {0})", 13, 12, from: 20, 1e-9));

    private static void Compare(string formula, double trained, int hard, int from, double tolerance)
    {
        // A position is clipped to 1, so the value is made small; it is taken as of the hard rule.
        var rule = Position(string.Format(CultureInfo.InvariantCulture, $"1e-6 * {formula}", "$n"), trained);
        var expected = FeatureSet.Parse(new Dictionary<string, string>(StringComparer.Ordinal) { ["x"] = string.Format(CultureInfo.InvariantCulture, formula, hard) }, TimeSpan.FromDays(1)).Compute(Prices);
        for (var step = from; step < Bars; step++)
        {
            var value = expected.Row(step, 0)[0];
            Assert.True(Math.Abs(rule[step] * 1e6 - value) <= tolerance * Math.Max(1, Math.Abs(value)), FormattableString.Invariant($"{formula} at {step}: {rule[step] * 1e6} against {value}"));
        }
    }

    private static double[] Position(string position, double value)
    {
        var settings = new RuleSettings([new RuleParameter("n", value, 2, 40)], position);
        var formula = RuleFormula.Parse(settings, [], hasNetwork: false);
        var inputs = FeatureSet.Parse(new OrderedDictionary<string, string>(formula.Inputs.Select(input => KeyValuePair.Create(input.Name, input.Formula))), TimeSpan.FromDays(1)).Compute(Prices);
        var graph = new Graph();
        Node features = graph.Input("features", Shape.PerRow(formula.Inputs.Count));
        var body = RuleCompiler.Append(graph, "rule", formula, features, null, graph.Constant("temperature", Shape.Scalar));
        var plan = new Plan<double>(graph, new PlanSize(Bars, 1), body.Position);
        body.Bind(plan, [], 0);
        plan.Value(body.Parameters[0].Theta)[0] = body.Parameters[0].Box.Theta(value);

        // Rows before every input is defined are filled with the first defined one, as though it had stood for ever.
        var first = Enumerable.Range(0, Bars).First(step => inputs.IsDefined(step, 0));
        for (var step = 0; step < Bars; step++) inputs.Row(Math.Max(first, step), 0).CopyTo(plan.Value(features).Slice(step * formula.Inputs.Count, formula.Inputs.Count));
        plan.Forward();
        return plan.Value(body.Position).ToArray();
    }
}
