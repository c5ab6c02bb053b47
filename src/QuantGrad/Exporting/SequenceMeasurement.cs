using QuantGrad.Features;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Exporting;

/// <summary>
/// How many bars a sequence must have for its last position to be the backtest's: the receptive field where that is finite; else measured, as a recurrent layer
/// forgets only by and by.
/// </summary>
internal static class SequenceMeasurement
{
    /// <summary>Agreement asked for, in units of the signal.</summary>
    public const double Tolerance = 1e-6;

    /// <summary>The longest history looked at, in units of the model's memory.</summary>
    private const int MostMemories = 4;

    /// <summary>A history that is looked at however short the memory: in the middle of a test window the state has come so far.</summary>
    private const int LeastHistory = 252;

    private const int Probes = 12;

    /// <summary>Bars of the sequence, the newest included; 0 for a model of one row.</summary>
    /// <param name="market">The market that is measured on.</param>
    /// <param name="model">The trained model.</param>
    public static int Bars(Preparation market, FoldModel model)
    {
        var settings = market.Strategy.Model;
        if (!settings.LooksAlongTime()) return 0;
        var memory = settings.Memory();
        if (!settings.ForgetsByAndBy()) return memory + 1;
        var (most, steps) = (Math.Max(LeastHistory, MostMemories * memory), market.View.Steps);
        var probes = Enumerable.Range(0, Probes).Select(probe => steps - 1 - probe * (steps / (2 * Probes))).ToArray();
        var whole = Array.ConvertAll(probes, probe => Signals(market, model, probe, most));
        bool Agrees(int bars) => probes.Index().All(probe => Near(whole[probe.Index], Signals(market, model, probe.Item, bars)));
        var measured = HistoryMeasurement.Smallest(Agrees, 1, most);
        return Math.Min(most, measured + measured / 4) + 1; // a quarter more than the probes needed
    }

    /// <summary>What the user should know: that the model remembers more than the bars on which its windows are warmed up; null where it does not.</summary>
    public static string? Warning(BundleManifest manifest, Strategy strategy) => strategy.Model.ForgetsByAndBy() && manifest.SequenceBars > strategy.Model.Memory() + 1
        ? FormattableString.Invariant($"The recurrent layers remember about {manifest.SequenceBars - 1} bars, more than model.network.memory {strategy.Model.Network!.Memory}, on which each window is warmed up: raise it, or the first bars of a window differ from a longer history's.")
        : null;

    private static double[] Signals(Preparation market, FoldModel model, int step, int memory) => model.Signals(market.View, new BarRange(step, step + 1), memory);

    private static bool Near(double[] expected, double[] found)
    {
        for (var asset = 0; asset < expected.Length; asset++)
            if (Math.Abs(expected[asset] - found[asset]) > Tolerance) return false;
        return true;
    }
}
