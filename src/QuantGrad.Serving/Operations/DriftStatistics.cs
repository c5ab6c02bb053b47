using QuantGrad.Exporting;

namespace QuantGrad.Serving.Operations;

/// <summary>
/// Whether what a model is asked looks like what it was trained on: per feature the share outside the train window's range, and how
/// far the recent mean (exponentially weighted, about the last thousand rows) lies from the train mean in train deviations.
/// </summary>
internal sealed class DriftStatistics
{
    private const double Memory = 1000;
    private readonly BundleFeature[] features;
    private readonly Lock gate = new();
    private readonly double[] recent;
    private readonly long[] outside;
    private long rows;
    private long positions;
    private double positionSum;
    private double positionSquares;
    private double positionAbsolute;

    public DriftStatistics(BundleManifest manifest)
    {
        features = [.. manifest.Features];
        outside = new long[features.Length];
        recent = [.. features.Select(feature => feature.Mean)];
    }

    /// <summary>Takes what went in and what came out.</summary>
    /// <param name="inputs"><c>[rows, F]</c>.</param>
    /// <param name="outputs">Positions.</param>
    public void Add(ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputs)
    {
        if (features.Length == 0) return;
        lock (gate)
        {
            for (var at = 0; at < inputs.Length; at++)
            {
                var feature = at % features.Length;
                var value = inputs[at];
                if (value < (float)features[feature].Minimum || value > (float)features[feature].Maximum) outside[feature]++;
                recent[feature] += (value - recent[feature]) / Memory;
            }

            rows += inputs.Length / features.Length;
            foreach (var output in outputs)
            {
                positions++;
                positionSum += output;
                positionSquares += (double)output * output;
                positionAbsolute += Math.Abs(output);
            }
        }
    }

    /// <summary>The figures now.</summary>
    public DriftFigures Now()
    {
        lock (gate)
        {
            var mean = positionSum / positions;
            return new DriftFigures(
                rows,
                [.. features.Select((feature, index) => new FeatureDrift(feature.Name, outside[index], (recent[index] - feature.Mean) / feature.Deviation))],
                positions, mean, Math.Sqrt(Math.Max(0, (positionSquares / positions) - (mean * mean))), positionAbsolute / positions);
        }
    }
}

/// <summary>Drift at a moment.</summary>
/// <param name="Rows">Rows seen.</param>
/// <param name="Features">Per feature.</param>
/// <param name="Positions">Positions given.</param>
/// <param name="Mean">Their mean; NaN without any.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="MeanAbsolute">Their mean size.</param>
internal sealed record DriftFigures(long Rows, FeatureDrift[] Features, long Positions, double Mean, double Deviation, double MeanAbsolute);

/// <summary>Drift of a feature.</summary>
/// <param name="Name">The feature.</param>
/// <param name="Outside">Values outside the train window's range.</param>
/// <param name="Shift">Recent mean minus train mean, in train deviations.</param>
internal sealed record FeatureDrift(string Name, long Outside, double Shift);
