using System.Text;
using QuantGrad.Exporting;
using QuantGrad.Inference;
using QuantGrad.Serving.Operations;

namespace QuantGrad.Serving.Repository;

/// <summary>
/// One loaded version of a model. A request leases it, so that a version that is replaced is freed when its last request has
/// finished and not before.
/// </summary>
internal sealed class ModelVersion
{
    private int leases = 1; // the repository's own

    public ModelVersion(string name, long number, OnnxSession session, Bundle? bundle)
    {
        Name = name;
        Number = number;
        Version = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Session = session;
        Bundle = bundle;
        Predictor = bundle is null ? null : new BundlePredictor(bundle, session);
        SymbolColumn = Predictor?.Features.SymbolColumn ?? -1;
        InputNames = [.. session.Inputs.Select(input => Encoding.UTF8.GetBytes(input.Name))];
        OutputNames = [.. session.Outputs.Select(output => Encoding.UTF8.GetBytes(output.Name))];
        Statistics = new ModelStatistics(bundle?.Manifest);
    }

    public string Name { get; }

    public long Number { get; }

    /// <summary>The number as requests and replies write it.</summary>
    public string Version { get; }

    public OnnxSession Session { get; }

    /// <summary>Null for a foreign model.</summary>
    public Bundle? Bundle { get; }

    /// <summary>From bars to positions; null where the model brings no features of ours.</summary>
    public BundlePredictor? Predictor { get; }

    /// <summary>Which of the graph's inputs says which symbol a row is of; −1 where none does.</summary>
    public int SymbolColumn { get; }

    public byte[][] InputNames { get; }

    public byte[][] OutputNames { get; }

    public ModelStatistics Statistics { get; }

    /// <summary>Takes a lease; false where the version is gone already and the caller should look again.</summary>
    public bool TryLease()
    {
        var count = Volatile.Read(ref leases);
        while (count > 0)
        {
            var seen = Interlocked.CompareExchange(ref leases, count + 1, count);
            if (seen == count) return true;
            count = seen;
        }

        return false;
    }

    /// <summary>Gives a lease back; the last one frees the model.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref leases) == 0) Session.Dispose();
    }
}
