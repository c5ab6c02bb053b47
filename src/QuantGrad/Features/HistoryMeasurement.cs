using QuantGrad.MarketData;

namespace QuantGrad.Features;

/// <summary>
/// How many bars up to and including the newest a feature needs to agree with the backtest, measured on the prices at hand: the warm-up says when a value first
/// exists, but a recursive average remembers longer.
/// </summary>
internal static class HistoryMeasurement
{
    /// <summary>
    /// Agreement asked for, relative to the value, or to the feature's usual size (its root mean square, at most 1) where that is larger: a model standardises its
    /// inputs, so a feature of small numbers must agree as well as one of large ones.
    /// </summary>
    public const double Tolerance = 1e-6;

    private const int Probes = 3;

    /// <summary>The bars that each feature needs, <c>[F]</c>; at most the panel's length.</summary>
    /// <param name="features">The formulas.</param>
    /// <param name="panel">Prices to measure on.</param>
    /// <param name="full">The features of the whole panel.</param>
    public static int[] Measure(FeatureSet features, Panel panel, FeatureTable full)
    {
        var needed = new int[features.Names.Length];
        var sizes = UsualSizes(full);
        for (var probe = 0; probe < Probes; probe++)
        {
            var end = panel.Steps - probe * (panel.Steps / (2 * Probes));
            var agreed = new SortedDictionary<int, bool[]>();
            for (var feature = 0; feature < needed.Length; feature++)
                needed[feature] = Math.Max(needed[feature], Smallest(bars => Agrees(features, panel, full, sizes, end, bars, agreed)[feature], Math.Max(1, features.WarmUps[feature]), end));
        }

        return needed;
    }

    /// <summary>Doubles until the property holds, then halves the bracket; the property is taken to hold for all larger numbers.</summary>
    internal static int Smallest(Func<int, bool> holds, int from, int most)
    {
        int low = from - 1, high = Math.Min(from, most);
        while (high < most && !holds(high)) (low, high) = (high, Math.Min(most, high * 2));
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (holds(middle)) high = middle;
            else low = middle;
        }

        return high;
    }

    private static double[] UsualSizes(FeatureTable full)
    {
        var (squares, counts) = (new double[full.Features], new long[full.Features]);
        for (var place = 0; place < full.Values.Length; place++)
        {
            if (double.IsNaN(full.Values[place])) continue;
            squares[place % full.Features] += full.Values[place] * full.Values[place];
            counts[place % full.Features]++;
        }

        return [.. squares.Zip(counts, (square, count) => count == 0 ? 1 : Math.Min(1, Math.Sqrt(square / count)))];
    }

    private static bool[] Agrees(FeatureSet features, Panel panel, FeatureTable full, double[] sizes, int end, int bars, SortedDictionary<int, bool[]> known)
    {
        if (known.TryGetValue(bars, out var found)) return found;
        var cut = features.Compute(panel.Slice(end - bars, bars));
        var agrees = new bool[features.Names.Length];
        Array.Fill(agrees, true);
        for (var asset = 0; asset < panel.Assets; asset++)
        {
            for (var feature = 0; feature < agrees.Length; feature++)
            {
                var whole = full.Row(end - 1, asset)[feature];
                var part = cut.Row(bars - 1, asset)[feature];
                agrees[feature] &= double.IsNaN(whole) || Math.Abs(whole - part) <= Tolerance * Math.Max(sizes[feature], Math.Abs(whole));
            }
        }

        return known[bars] = agrees;
    }
}
