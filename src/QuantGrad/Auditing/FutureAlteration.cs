using QuantGrad.Autodiff;
using QuantGrad.MarketData;

namespace QuantGrad.Auditing;

/// <summary>Ways to change every bar after a date while leaving those up to it as they are.</summary>
internal enum FutureAlteration
{
    /// <summary>There are no more bars; the calendar stays.</summary>
    Removed,

    /// <summary>Every price and volume is a thousand times as large.</summary>
    Magnified,

    /// <summary>The bars of each symbol change places.</summary>
    Shuffled,

    /// <summary>The data ends.</summary>
    CutOff,
}

/// <summary>Makes altered panels.</summary>
internal static class FutureAlterations
{
    private const double Magnification = 1000;

    /// <summary>What was done, for messages.</summary>
    public static string Words(this FutureAlteration alteration) => alteration switch
    {
        FutureAlteration.Removed => "are removed",
        FutureAlteration.Magnified => "are multiplied by 1000",
        FutureAlteration.Shuffled => "are shuffled",
        _ => "are cut off",
    };

    /// <summary>The panel with the bars from <paramref name="known"/> on changed.</summary>
    /// <param name="panel">The panel, left as it is.</param>
    /// <param name="known">The number of bars that stay.</param>
    /// <param name="alteration">What to do with the others.</param>
    /// <param name="seed">For the shuffling.</param>
    public static Panel Apply(Panel panel, int known, FutureAlteration alteration, ulong seed)
    {
        if (alteration == FutureAlteration.CutOff) return panel.Until(known);
        var altered = panel.Until(panel.Steps);
        for (var asset = 0; asset < altered.Assets; asset++)
        {
            double[][] columns = [altered.Open[asset], altered.High[asset], altered.Low[asset], altered.Close[asset], altered.Volume[asset]];
            var order = alteration == FutureAlteration.Shuffled ? Order(panel.Steps - known, RandomStream.For(seed, panel.Symbols[asset])) : null;
            foreach (var column in columns) Change(column, known, alteration, order);
        }

        return altered;
    }

    private static void Change(double[] column, int known, FutureAlteration alteration, int[]? order)
    {
        var future = column[known..];
        for (var step = known; step < column.Length; step++)
        {
            column[step] = alteration switch
            {
                FutureAlteration.Removed => double.NaN,
                FutureAlteration.Magnified => future[step - known] * Magnification,
                _ => future[order![step - known]],
            };
        }
    }

    private static int[] Order(int count, RandomStream random)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var last = count - 1; last > 0; last--)
        {
            var other = random.NextInteger(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }
}
