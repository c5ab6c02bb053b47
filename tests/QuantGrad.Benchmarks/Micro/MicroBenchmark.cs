using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace QuantGrad.Benchmarks.Micro;

/// <summary>Single kernels by BenchmarkDotNet, in this process and with short runs: what a change to one of them brings, in about a minute.</summary>
internal static class MicroBenchmark
{
    /// <summary>The rows of the table: the median of a kernel's calls.</summary>
    public static IEnumerable<Comparison> Run(int? rounds)
    {
        var iterations = rounds ?? 7;
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(3).WithIterationCount(iterations).WithIterationTime(TimeInterval.FromMilliseconds(100));
        var artifacts = Directory.CreateTempSubdirectory("quantgrad-benchmark-").FullName;
        try
        {
            var config = ManualConfig.CreateEmpty().AddJob(job).AddLogger(NullLogger.Instance).WithArtifactsPath(artifacts)
                .WithOptions(ConfigOptions.DisableOptimizationsValidator | ConfigOptions.DisableLogFile);
            foreach (var type in new[] { typeof(EngineKernels), typeof(AccountingKernels) })
            {
                foreach (var report in BenchmarkRunner.Run(type, config).Reports)
                {
                    if (report.ResultStatistics is not { } statistics) throw new InvalidOperationException($"{report.BenchmarkCase.Descriptor.WorkloadMethod.Name} has failed.");
                    yield return new Comparison(report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''), statistics.Median / 1000, "", null, "us", null, iterations);
                }
            }
        }
        finally
        {
            Directory.Delete(artifacts, recursive: true);
        }
    }
}
