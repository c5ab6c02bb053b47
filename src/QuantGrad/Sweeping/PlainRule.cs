using QuantGrad.Accounting;
using QuantGrad.Indicators;
using QuantGrad.Indicators.Averages;
using QuantGrad.Indicators.Statistics;
using QuantGrad.MarketData;

namespace QuantGrad.Sweeping;

/// <summary>A hard rule with one parameter set in plain loops, and its books through the ledger: what the lanes are measured against.</summary>
/// <param name="rule">The rule.</param>
/// <param name="market">The market.</param>
internal sealed class PlainRule(HardRule rule, SweepMarket market)
{
    /// <summary>The books of a parameter set over a stretch of decisions, starting flat.</summary>
    /// <param name="point">The parameters, in the order of the settings.</param>
    /// <param name="first">The first decision.</param>
    /// <param name="end">One past the last decision.</param>
    public Ledger Books(double[] point, int first, int end)
    {
        var assets = market.Panel.Assets;
        var signals = Signals(point);
        var targets = new double[(end - first) * assets];
        for (var cell = 0; cell < targets.Length; cell++)
        {
            var at = first * assets + cell;
            targets[cell] = market.Decisions[at] == Decision.Trade ? signals[at] * market.Sizes[at] : 0;
        }

        return Ledger.Keep(market.Panel, market.Execution, first, targets, market.Decisions.AsSpan(first * assets, targets.Length), market.Costs);
    }

    /// <summary>The signals of a parameter set, <c>[T, A]</c>; NaN where a symbol has no bar with every input. They say nothing before the warm-up.</summary>
    /// <param name="point">The parameters, in the order of the settings.</param>
    public double[] Signals(double[] point)
    {
        var assets = market.Panel.Assets;
        var signals = new double[market.Panel.Steps * assets];
        Array.Fill(signals, double.NaN);
        for (var asset = 0; asset < assets; asset++)
        {
            var own = market.OwnSteps[asset];
            var values = new double[rule.Steps.Length][];
            for (var i = 0; i < values.Length; i++) values[i] = Values(rule.Steps[i], point, values, asset);
            for (var bar = 0; bar < own.Length; bar++) signals[own[bar] * assets + asset] = RuleArithmetic.Signal(values[^1][bar]);
        }

        return signals;
    }

    private double[] Values(RuleStep step, double[] point, double[][] values, int asset)
    {
        var n = market.OwnSteps[asset].Length;
        double[] Of(int operand) => values[step.Operands[operand]];
        switch (step.Op)
        {
            case RuleOp.Column:
                return market.Column(step.Column, asset).ToArray();
            case RuleOp.Constant:
                return [.. Enumerable.Repeat(step.Steady!.At(point), n)];
            case RuleOp.Function:
                return Array.ConvertAll(Of(0), x => step.Function!(x));
            case RuleOp.Ema or RuleOp.Wilder:
                return Average(Of(0), step.Alpha(point));
            case RuleOp.Mean when rule.Steps[step.Operands[0]].Op == RuleOp.Column:
                var means = new double[n];
                market.Mean(rule.Steps[step.Operands[0]].Column, asset).Fill(step.Length(point), means);
                return means;
            case RuleOp.Mean or RuleOp.Deviation or RuleOp.Highest or RuleOp.Lowest:
                return Window(Indicator(step.Op, step.Length(point)), step.Length(point), Of(0));
            case RuleOp.Lag:
                var lag = step.Length(point);
                return [.. Enumerable.Range(0, n).Select(bar => Of(0)[Math.Max(0, bar - lag)])];
            case RuleOp.Latch:
                return Latch(Of(0), Of(1));
            default:
                var operands = step.Operands.Length;
                return [.. Enumerable.Range(0, n).Select(bar =>
                    RuleArithmetic.Apply(step.Op, Of(0)[bar], operands > 1 ? Of(1)[bar] : 0, operands > 2 ? Of(2)[bar] : 0))];
        }
    }

    /// <summary>y += α·(x − y) from the first value; one that is not there makes the next one the first.</summary>
    private static double[] Average(double[] x, double alpha)
    {
        var average = new double[x.Length];
        var y = double.NaN;
        for (var bar = 0; bar < x.Length; bar++) average[bar] = y = double.IsNaN(y) ? x[bar] : y + alpha * (x[bar] - y);
        return average;
    }

    private static double[] Latch(double[] enter, double[] leave)
    {
        var states = new double[enter.Length];
        var state = 0.0;
        for (var bar = 0; bar < states.Length; bar++)
            states[bar] = state = enter[bar] > RuleArithmetic.Truth ? 1 : leave[bar] > RuleArithmetic.Truth ? 0 : state;
        return states;
    }

    /// <summary>The library's own window of an instruction.</summary>
    public static Indicator Indicator(RuleOp op, int length) => op switch
    {
        RuleOp.Mean => new Sma(length),
        RuleOp.Deviation => new StdDev(length),
        RuleOp.Highest => new RollingMax(length),
        _ => new RollingMin(length),
    };

    /// <summary>A window that sees the first value as if it had stood for ever before.</summary>
    private static double[] Window(Indicator window, int length, double[] x)
    {
        var fields = new double[window is StdDev ? 3 : 1];
        for (var i = 1; i < length && x.Length > 0; i++) window.Update(Bar.OfValue(default, x[0]), fields);
        return Array.ConvertAll(x, value =>
        {
            window.Update(Bar.OfValue(default, value), fields);
            return window is StdDev && fields[0] * fields[0] <= RuleArithmetic.FlatVariance * fields[1] * fields[1] ? 0 : fields[0];
        });
    }
}
