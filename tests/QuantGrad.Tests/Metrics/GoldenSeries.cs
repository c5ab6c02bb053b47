namespace QuantGrad.Tests.Metrics;

/// <summary>The series that the golden numbers were computed from.</summary>
internal static class GoldenSeries
{
    /// <summary>50 daily returns (mean 0.0015, one large loss).</summary>
    public static readonly double[] Fifty =
    [
        0.002118886469477138, -0.002636546921058242, -0.0024358609660036726, -0.006071232875030698, -0.004499680469396765,
        -0.007247533239095589, -0.008176560188689118, 0.009117754371004887, 0.009477404635678645, 0.0042197708651989995,
        -0.00019996762364832103, 0.008191268384352622, -0.0020278923107388217, 0.0038782300933695247, 0.0003234337837115485,
        0.005741116477147061, -0.00055158413447093, 0.009050625431788748, 0.00221800977705627, -0.00236869813637592,
        -0.0017968533865673503, 0.007542966308243992, 0.00821061590483064, -0.00430742331277402, 0.005421856250630787,
        -0.0013993343628088892, 0.003323845857746144, 0.009511143669396956, 0.006453922488914566, 0.007546441720910388,
        0.006649460358400363, 0.0038011548577152957, 0.005214595923986653, 0.0017644847653684754, 0.0050601376727331705,
        0.007734536175241815, 0.004882709157075313, -0.021158758457091323, 0.006242378497535548, 0.0021716683121211083,
        0.0035306675414695276, -0.007799958914217092, 0.0016867645302712057, -0.00870682695861564, 0.005797790325923,
        0.007547294646361774, 0.0058964895235753415, 0.0016712085630854294, -0.010070799628150532, -0.004337921900945061,
    ];

    /// <summary>x[t] = 0.7·x[t−1] + u, u from a linear congruential generator, 500 values from 0.</summary>
    public static double[] AutoregressiveSeven()
    {
        var values = new double[500];
        var state = 1L;
        for (var t = 1; t < values.Length; t++) values[t] = 0.7 * values[t - 1] + Next(ref state);
        return values;
    }

    /// <summary>Six configurations of 64 noise returns, the fourth with a drift: <c>[N][T]</c>.</summary>
    public static double[][] SixConfigurations()
    {
        var columns = Enumerable.Range(0, 6).Select(_ => new double[64]).ToArray();
        var state = 12345L;
        for (var t = 0; t < 64; t++)
            foreach (var column in columns) column[t] = 0.01 * Next(ref state);
        for (var t = 0; t < 64; t++) columns[3][t] += 0.0006;
        return columns;
    }

    private static double Next(ref long state)
    {
        state = (1103515245 * state + 12345) % (1L << 31);
        return state / (double)(1L << 31) - 0.5;
    }
}
