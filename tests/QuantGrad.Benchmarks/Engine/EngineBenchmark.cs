using System.Diagnostics;

namespace QuantGrad.Benchmarks.Engine;

/// <summary>A whole training step beside ONNX Runtime's forward pass of the exported network, on one thread; then a large network, allocation and two threads.</summary>
internal static class EngineBenchmark
{
    internal static IEnumerable<Comparison> Run(int? rounds)
    {
        foreach (var name in EngineCase.Names)
        {
            var engineCase = EngineCase.Make(name);
            yield return Comparison.Alternate(engineCase.Name, engineCase.Step, "ONNX Runtime forward", engineCase.Rival(), rounds ?? 21);
        }

        if (BlasProducts.TryLoad(1024, 256, 940, 1533, 1) is { } products)
        {
            var large = EngineCase.Make("large");
            yield return Comparison.Alternate(large.Name, large.Step, "OpenBLAS sgemm of the same products", products.Run, Math.Min(5, rounds ?? 5));
        }
        else Console.Error.WriteLine("OpenBLAS is not installed (libopenblas.so.0); the network of 1,685,667 weights is left out.");

        yield return Allocation();
        yield return TwoThreads(rounds ?? 5);
    }

    /// <summary>Managed bytes of ten steps.</summary>
    private static Comparison Allocation()
    {
        var engineCase = EngineCase.Make("a");
        for (var warm = 0; warm < 5; warm++) engineCase.Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 10; step++) engineCase.Step();
        return new Comparison("a, allocation a step", (GC.GetAllocatedBytesForCurrentThread() - before) / 10.0, "none", 0, "bytes", null, 1);
    }

    /// <summary>Wall time a step of two trainings at once, each on a thread, beside one alone.</summary>
    private static Comparison TwoThreads(int rounds)
    {
        const int steps = 60;
        var (first, second) = (EngineCase.Make("b"), EngineCase.Make("b"));
        var (two, one, ratios) = (new double[rounds], new double[rounds], new double[rounds]);
        Repeat(first, steps / 4);
        Repeat(second, steps / 4);
        for (var round = 0; round < rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            Repeat(first, steps);
            one[round] = clock.Elapsed.TotalMicroseconds / steps;
            clock.Restart();
            var other = new Thread(() => Repeat(second, steps));
            other.Start();
            Repeat(first, steps);
            other.Join();
            two[round] = clock.Elapsed.TotalMicroseconds / (2 * steps);
            ratios[round] = two[round] / one[round];
        }

        return new Comparison("b, two threads a step", Comparison.Median(two), "one thread", Comparison.Median(one), "us", Comparison.Median(ratios), rounds);

        static void Repeat(EngineCase engineCase, int count)
        {
            for (var step = 0; step < count; step++) engineCase.Step();
        }
    }
}
