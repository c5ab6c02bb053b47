namespace QuantGrad.Tests.Indicators;

/// <summary>An indicator of our own, whose outside values are a plain computation over the whole history.</summary>
/// <param name="name">The indicator.</param>
/// <param name="onConstant">The first field on a constant series.</param>
/// <param name="parameters">The parameters.</param>
public abstract class PlainIndicatorContract(string name, double onConstant, params double[] parameters) : IndicatorContract(name, parameters, onConstant)
{
    /// <summary>The value at the last of the given closes, from the definition; NaN where undefined.</summary>
    protected abstract double Plain(double[] closes, double[] volumes);

    public override void Update_OutsideValues_AreMet()
    {
        var bars = RandomBars(600, seed: 9);
        var rows = Run(Definition.Create(Parameters), bars);
        for (var t = 0; t < bars.Length; t += 7)
        {
            var expected = Plain([.. bars[..(t + 1)].Select(b => b.Close)], [.. bars[..(t + 1)].Select(b => b.Volume)]);
            if (double.IsNaN(expected)) Assert.True(double.IsNaN(rows[t][0]), $"bar {t} is {rows[t][0]}, expected undefined");
            else Assert.Equal(expected, rows[t][0], 1e-9 * Math.Max(1e-3, Math.Abs(expected)));
        }
    }

    protected static double[] Last(double[] x, int n) => x.Length < n ? [] : x[^n..];

    protected static double Mean(double[] x) => x.Length == 0 ? double.NaN : x.Sum() / x.Length;

    protected static double Std(double[] x) => x.Length == 0 ? double.NaN : Math.Sqrt(x.Sum(v => (v - Mean(x)) * (v - Mean(x))) / (x.Length - 1));

    protected static double[] Returns(double[] x) => [.. x.Skip(1).Select((v, i) => v / x[i] - 1)];

    protected static double EwmMean(double[] x, double alpha)
    {
        double[] weights = [.. x.Select((_, i) => Math.Pow(1 - alpha, x.Length - 1 - i))];
        return x.Zip(weights, (v, w) => v * w).Sum() / weights.Sum();
    }

    /// <summary>pandas ewm(span).std(): sums over the whole history with their weights.</summary>
    protected static double EwmStd(double[] x, int span)
    {
        if (x.Length < span) return double.NaN;
        double[] weights = [.. x.Select((_, i) => Math.Pow(1 - 2.0 / (span + 1), x.Length - 1 - i))];
        var (total, squares) = (weights.Sum(), weights.Sum(w => w * w));
        var mean = x.Zip(weights, (v, w) => v * w).Sum() / total;
        var variance = x.Zip(weights, (v, w) => w * (v - mean) * (v - mean)).Sum() / total;
        return Math.Sqrt(variance * total * total / (total * total - squares));
    }
}

public sealed class LagContract() : PlainIndicatorContract("lag", 100, 7)
{
    protected override double Plain(double[] closes, double[] volumes) => closes.Length > 7 ? closes[^8] : double.NaN;
}

public sealed class RetContract() : PlainIndicatorContract("ret", 0, 21)
{
    protected override double Plain(double[] closes, double[] volumes) => closes.Length > 21 ? closes[^1] / closes[^22] - 1 : double.NaN;
}

public sealed class VolContract() : PlainIndicatorContract("vol", 0, 63)
{
    protected override double Plain(double[] closes, double[] volumes) => Std(Last(Returns(closes), 63));
}

public sealed class EwmVolContract() : PlainIndicatorContract("ewmvol", 0, 60)
{
    protected override double Plain(double[] closes, double[] volumes) => EwmStd(Returns(closes), 60);
}

public sealed class EwmMeanContract() : PlainIndicatorContract("ewm_mean", 100, 20)
{
    protected override double Plain(double[] closes, double[] volumes) => closes.Length < 20 ? double.NaN : EwmMean(closes, 2.0 / 21);
}

public sealed class EwmStdContract() : PlainIndicatorContract("ewm_std", 0, 30)
{
    protected override double Plain(double[] closes, double[] volumes) => EwmStd(closes, 30);
}

public sealed class RollingSumContract() : PlainIndicatorContract("rolling_sum", 2000, 20)
{
    protected override double Plain(double[] closes, double[] volumes) => 20 * Mean(Last(closes, 20));
}

public sealed class RollingMinContract() : PlainIndicatorContract("rolling_min", 100, 20)
{
    protected override double Plain(double[] closes, double[] volumes) => Last(closes, 20).DefaultIfEmpty(double.NaN).Min();
}

public sealed class RollingMaxContract() : PlainIndicatorContract("rolling_max", 100, 20)
{
    protected override double Plain(double[] closes, double[] volumes) => closes.Length < 20 ? double.NaN : Last(closes, 20).Max();
}

public sealed class RollingStdContract() : PlainIndicatorContract("rolling_std", 0, 20)
{
    protected override double Plain(double[] closes, double[] volumes) => Std(Last(closes, 20));
}

public sealed class ZScoreContract() : PlainIndicatorContract("zscore", double.NaN, 20)
{
    protected override double Plain(double[] closes, double[] volumes) => (closes[^1] - Mean(Last(closes, 20))) / Std(Last(closes, 20));
}

public sealed class MacdNormalizedContract() : PlainIndicatorContract("macdn", double.NaN, 8, 24, 20, 40)
{
    protected override double Plain(double[] closes, double[] volumes)
    {
        double Q(int steps)
        {
            var x = closes[..steps];
            return (EwmMean(x, 1.0 / 8) - EwmMean(x, 1.0 / 24)) / Std(Last(x, 20));
        }
        if (closes.Length < 59) return double.NaN;
        return Q(closes.Length) / Std([.. Enumerable.Range(closes.Length - 39, 40).Select(Q)]);
    }
}

public sealed class VolumeRatioContract() : PlainIndicatorContract("volume_ratio", 1, 20)
{
    protected override double Plain(double[] closes, double[] volumes) => volumes[^1] / Mean(Last(volumes, 20));
}
