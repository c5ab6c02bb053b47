using QuantGrad.Indicators.Windows;

namespace QuantGrad.Indicators.Averages;

/// <summary>Ehlers' homodyne discriminator: the dominant cycle of a price by a truncated Hilbert transform (Rocket Science for Traders, 2001).</summary>
internal sealed class HilbertPhasor
{
    /// <summary>Bars before the transform starts; until then every part of it is zero.</summary>
    public const int Warmup = 6;

    private readonly Filter smooth = new();
    private readonly Filter detrender = new();
    private readonly Filter inPhase = new();
    private readonly Filter quadrature = new();
    private readonly RecentValues prices = new(4);
    private double i2;
    private double q2;
    private double re;
    private double im;

    /// <summary>Prices seen.</summary>
    public int Count { get; private set; }

    /// <summary>The dominant cycle's length in bars, smoothed, at most 50.</summary>
    public double Period { get; private set; }

    /// <summary>The price, smoothed over four bars.</summary>
    public double Smooth { get; private set; }

    /// <summary>The component in phase.</summary>
    public double InPhase { get; private set; }

    /// <summary>The component a quarter of a cycle away.</summary>
    public double Quadrature { get; private set; }

    /// <summary>Takes the next price.</summary>
    public void Next(double price)
    {
        prices.Push(price);
        if (++Count <= Warmup) return;
        var gain = 0.075 * Period + 0.54;
        Smooth = (4 * prices[0] + 3 * prices[1] + 2 * prices[2] + prices[3]) / 10;
        Quadrature = detrender.Push(smooth.Push(Smooth) * gain) * gain;
        InPhase = detrender.Ago3;
        var i = InPhase - quadrature.Push(Quadrature) * gain;
        var q = Quadrature + inPhase.Push(InPhase) * gain;
        var (previousI, previousQ) = (i2, q2);
        i2 = 0.2 * i + 0.8 * i2;
        q2 = 0.2 * q + 0.8 * q2;
        re = 0.2 * (i2 * previousI + q2 * previousQ) + 0.8 * re;
        im = 0.2 * (i2 * previousQ - q2 * previousI) + 0.8 * im;
        var raw = im != 0 && re != 0 ? Math.Tau / Math.Atan(im / re) : 0;
        var limited = Math.Clamp(Math.Max(Math.Min(raw, 1.5 * Period), 0.67 * Period), 6, 50);
        Period = 0.2 * limited + 0.8 * Period;
    }

    /// <summary>Forgets every price.</summary>
    public void Reset()
    {
        foreach (var filter in new[] { smooth, detrender, inPhase, quadrature }) filter.Reset();
        prices.Reset();
        (Count, Period, Smooth, InPhase, Quadrature) = (0, 0, 0, 0, 0);
        (i2, q2, re, im) = (0, 0, 0, 0);
    }

    /// <summary>The seven-tap Hilbert transformer; what came before the first value counts as zero.</summary>
    private sealed class Filter
    {
        private readonly double[] x = new double[7];

        public double Ago3 => x[3];

        public double Push(double value)
        {
            Array.Copy(x, 0, x, 1, 6);
            x[0] = value;
            return 0.0962 * x[0] + 0.5769 * x[2] - 0.5769 * x[4] - 0.0962 * x[6];
        }

        public void Reset() => Array.Clear(x);
    }
}
