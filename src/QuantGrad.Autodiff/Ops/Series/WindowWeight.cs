namespace QuantGrad.Autodiff.Ops.Series;

/// <summary>One look-back of a mixture.</summary>
/// <param name="Bars">k, at least 1.</param>
/// <param name="Weight">w, all of them summing to 1.</param>
/// <param name="Slope">dw/dn.</param>
internal readonly record struct WindowWeight(int Bars, double Weight, double Slope)
{
    /// <summary>The mixture around n; how many look-backs it has.</summary>
    /// <param name="n">The look-back.</param>
    /// <param name="temperature">At least 0.</param>
    /// <param name="longest">The longest look-back.</param>
    /// <param name="mixture">Receives it.</param>
    internal static int Mixture(double n, double temperature, int longest, Span<WindowWeight> mixture)
    {
        n = double.IsNaN(n) ? 1 : Math.Clamp(n, 1, longest);
        if (temperature == 0)
        {
            mixture[0] = new WindowWeight((int)Math.Round(n, MidpointRounding.AwayFromZero), 1, 0);
            return 1;
        }

        var reach = Math.Max(1, temperature * n / 2);
        var reachSlope = temperature * n / 2 > 1 ? temperature / 2 : 0;
        var stride = 1;
        while (2 * reach / stride > mixture.Length - 1) stride *= 2;
        var count = 0;
        double total = 0, totalSlope = 0;
        for (var k = (int)(Math.Floor((n - reach) / stride) + 1) * stride; k < n + reach; k += stride)
        {
            if (k < 1 || k > longest) continue;
            var place = (k - n) / reach;
            var weight = 1 + Math.Cos(Math.PI * place);
            var slope = Math.PI * Math.Sin(Math.PI * place) * (1 + place * reachSlope) / reach;
            mixture[count++] = new WindowWeight(k, weight, slope);
            total += weight;
            totalSlope += slope;
        }

        for (var i = 0; i < count; i++)
        {
            var weight = mixture[i].Weight / total;
            mixture[i] = mixture[i] with { Weight = weight, Slope = (mixture[i].Slope - weight * totalSlope) / total };
        }

        return count;
    }
}
