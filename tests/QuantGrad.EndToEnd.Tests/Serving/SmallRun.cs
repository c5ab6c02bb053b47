using QuantGrad.EndToEnd.Tests.CommandLine;

namespace QuantGrad.EndToEnd.Tests.Serving;

/// <summary>One small run on the sample market, in the folder <c>run</c>, for all tests of a class.</summary>
public sealed class SmallRun : IAsyncLifetime
{
    internal TemporaryFolder Folder { get; } = new TemporaryFolder().WithSample();

    public async ValueTask InitializeAsync()
    {
        var run = await Run("run", "strategies/quickstart.yaml", "--set", "training.epochs=3", "--set", "training.burn_in=0", "--set", "walk_forward.test=2y", "--quiet", "--out", "run");
        Assert.True(run.ExitCode == 0, run.Error);
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal Task<Shell.Result> Run(params string[] arguments) => Shell.RunProcess(Folder.Path, arguments);
}
