using System.Runtime.InteropServices;

namespace QuantGrad.Inference;

/// <summary>Owns one object of the runtime and frees it with the Release function that fits. Counted, so that a session cannot be freed under a running call.</summary>
internal sealed class OnnxHandle : SafeHandle
{
    private readonly OnnxApi.Function release;

    public OnnxHandle(nint pointer, OnnxApi.Function release)
        : base(0, ownsHandle: true)
    {
        this.release = release;
        SetHandle(pointer);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The runtime's pointer. The caller keeps the handle alive while it is in use.</summary>
    public nint Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    protected override bool ReleaseHandle()
    {
        OnnxApi.Release(release, handle);
        return true;
    }
}
