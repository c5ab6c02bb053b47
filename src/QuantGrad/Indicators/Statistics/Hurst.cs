using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Statistics;

/// <summary>Hurst exponent by rescaled range, plain, and corrected for short windows.</summary>
internal sealed class Hurst(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "hurst",
        Title = "Hurst exponent",
        Formula = "slope of log R/S against log n over 1, 2, 4, … equal chunks of at least 8 returns (at most 32 chunks); "
            + "of log returns; al: the same of R/S − E + √(πn/2), E the expectation of R/S for independent returns (Anis and Lloyd)",
        Source = "Hurst 1951; Anis and Lloyd 1976, Weron 2002; Stock.Indicators ToHurst",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 100, min: 20)],
        Fields = ["hurst_exponent", "hurst_exponent_al"],
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new Hurst((int)p[0]),
    };

    private const int SmallestChunk = 8;
    private const int MostChunks = 32;

    private readonly RecentValues returns = new(periods);
    private readonly double[] corrections = [.. Chunkings(periods).Select(static size => Math.Sqrt(Math.PI * size / 2) - ExpectedRescaledRange(size))];
    private readonly double[] logSizes = [.. Chunkings(periods).Select(static size => Math.Log10(size))];
    private readonly int[] sizes = [.. Chunkings(periods)];
    private readonly double[] logs = new double[Chunkings(periods).Count()];
    private readonly double[] correctedLogs = new double[Chunkings(periods).Count()];
    private double previous = double.NaN;

    public override void Reset()
    {
        returns.Reset();
        previous = double.NaN;
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        var change = Math.Log(bar.Close / previous);
        previous = bar.Close;
        if (!double.IsFinite(change) || !returns.Push(change)) return;
        for (var i = 0; i < sizes.Length; i++)
        {
            var rescaledRange = MeanRescaledRange(sizes[i], chunks: 1 << i);
            logs[i] = Math.Log10(rescaledRange);
            correctedLogs[i] = Math.Log10(rescaledRange + corrections[i]);
        }
        fields[0] = Slope(logs);
        fields[1] = Slope(correctedLogs);
    }

    /// <summary>The chunk lengths for 1, 2, 4, … chunks.</summary>
    private static IEnumerable<int> Chunkings(int periods)
    {
        for (var chunks = 1; chunks <= MostChunks && periods / chunks >= SmallestChunk; chunks *= 2) yield return periods / chunks;
    }

    private double MeanRescaledRange(int size, int chunks)
    {
        var sum = 0.0;
        for (var chunk = 0; chunk < chunks; chunk++) sum += RescaledRange(chunk * size, size);
        return sum / chunks;
    }

    /// <summary>Range of the cumulated deviations over their standard deviation, for the values of the given ages; 0 without variation.</summary>
    private double RescaledRange(int youngest, int size)
    {
        var mean = 0.0;
        for (var age = youngest; age < youngest + size; age++) mean += returns[age];
        mean /= size;
        var (sum, squares) = (0.0, 0.0);
        var lowest = returns[youngest + size - 1] - mean;
        var highest = lowest;
        for (var age = youngest + size - 1; age >= youngest; age--)
        {
            var deviation = returns[age] - mean;
            sum += deviation;
            squares += deviation * deviation;
            (lowest, highest) = (Math.Min(lowest, sum), Math.Max(highest, sum));
        }
        return squares > 0 ? (highest - lowest) / Math.Sqrt(squares / size) : 0;
    }

    private double Slope(double[] y)
    {
        var (meanX, meanY) = (0.0, 0.0);
        for (var i = 0; i < y.Length; i++) (meanX, meanY) = (meanX + logSizes[i] / y.Length, meanY + y[i] / y.Length);
        var (xy, xx) = (0.0, 0.0);
        for (var i = 0; i < y.Length; i++)
        {
            xy += (logSizes[i] - meanX) * (y[i] - meanY);
            xx += (logSizes[i] - meanX) * (logSizes[i] - meanX);
        }
        return xy / xx;
    }

    /// <summary>E[R/S] of n independent normal values: Γ((n − 1)/2)/(√π Γ(n/2)) · Σ √((n − i)/i).</summary>
    private static double ExpectedRescaledRange(int n)
    {
        var sum = 0.0;
        for (var i = 1; i < n; i++) sum += Math.Sqrt((double)(n - i) / i);
        // Γ((n − 1)/2)/Γ(n/2) from its value at 2 or 3, two steps at a time: g(n + 2) = g(n)·(n − 1)/n.
        var ratio = n % 2 == 0 ? Math.Sqrt(Math.PI) : 2 / Math.Sqrt(Math.PI);
        for (var k = n % 2 == 0 ? 2 : 3; k < n; k += 2) ratio *= (k - 1.0) / k;
        return ratio / Math.Sqrt(Math.PI) * sum;
    }
}
