using System.Runtime.InteropServices;

namespace QuantGrad.Cli;

/// <summary>
/// Ctrl+C and SIGTERM as a cancellation that the work answers to by itself, so that what is finished is kept. A second one is not held back:
/// the system then ends the process at once.
/// </summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    /// <summary>Begins to listen.</summary>
    public Signals()
    {
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cancel(context, 130)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cancel(context, 143)),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>128 plus the signal's number.</summary>
    public int ExitCode { get; private set; } = 130;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void Cancel(PosixSignalContext context, int exitCode)
    {
        if (source.IsCancellationRequested) return;
        context.Cancel = true;
        ExitCode = exitCode;
        source.Cancel();
    }
}
