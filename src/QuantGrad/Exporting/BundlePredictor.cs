using QuantGrad.Accounting;
using QuantGrad.Features;
using QuantGrad.Inference;
using QuantGrad.MarketData;
using QuantGrad.Strategies;

namespace QuantGrad.Exporting;

/// <summary>From bars to positions through a bundle: the backtest's own feature and sizing code around the graph in ONNX Runtime. Thread-safe.</summary>
public sealed class BundlePredictor : IDisposable
{
    private const int BlockRows = 4096;
    private readonly bool ownsSession;

    /// <summary>Loads a bundle.</summary>
    /// <exception cref="ModelException">The runtime refuses the graph, or a feature is not known to this program.</exception>
    public BundlePredictor(Bundle bundle)
        : this(bundle, bundle.Open()) => ownsSession = true;

    /// <summary>A predictor over a session that is open already and stays its owner's.</summary>
    /// <exception cref="ModelException">A feature is not known to this program.</exception>
    public BundlePredictor(Bundle bundle, OnnxSession session)
    {
        (Bundle, Session, Features) = (bundle, session, bundle.Manifest.CompileFeatures(bundle.Folder));
        Sizing = Manifest.Position.ToSettings();
    }

    /// <summary>The bundle.</summary>
    public Bundle Bundle { get; }

    /// <summary>The bundle's manifest.</summary>
    public BundleManifest Manifest => Bundle.Manifest;

    /// <summary>The graph.</summary>
    public OnnxSession Session { get; }

    /// <summary>The graph's inputs as formulas.</summary>
    public FeatureSet Features { get; }

    /// <summary>From signal to weight.</summary>
    public PositionSettings Sizing { get; }

    /// <summary>The distance of bars that the bundle is meant for.</summary>
    public TimeSpan BarInterval => TimeSpan.FromSeconds(Manifest.Market.BarSeconds);

    /// <summary>Decides on every step from <paramref name="first"/> on.</summary>
    /// <param name="panel">Bars, with the history that the features need before the first step.</param>
    /// <param name="first">The first step to decide on.</param>
    /// <param name="threads">Threads for the features; the values do not depend on it.</param>
    public Predictions Predict(Panel panel, int first = 0, int threads = 1)
    {
        var features = Features.Compute(panel, threads);
        var sizing = PositionSizing.Build(panel, features, Sizing, BarInterval, Manifest.Market.PeriodsPerYear, Manifest.WarmUpBars, threads);
        var from = first * panel.Assets;
        var signals = new float[sizing.Sizes.Length - from];
        var weights = new double[signals.Length];
        Array.Fill(signals, float.NaN);
        Array.Fill(weights, double.NaN);
        var cells = Enumerable.Range(from, signals.Length).Where(cell => sizing.Decisions[cell] == Decision.Trade).ToArray();
        if (Manifest.SequenceBars > 0) SequencePrediction.Fill(this, features, sizing, first, signals);
        else
            foreach (var block in cells.Chunk(BlockRows)) Infer(features, block, from, signals);
        Share(sizing, first, panel.Assets, signals);
        foreach (var cell in cells) weights[cell - from] = signals[cell - from] * sizing.Sizes[cell];
        return new Predictions(panel, first, signals, weights, features);
    }

    /// <summary>Where the graph gives scores: the shares of each date's symbols.</summary>
    private void Share(PositionSizing sizing, int first, int assets, float[] signals)
    {
        if (!Sizing.Portfolio.LooksAcross()) return;
        Span<float> scores = new float[assets];
        for (var row = 0; row < signals.Length; row += assets)
        {
            var count = 0;
            for (var asset = 0; asset < assets; asset++)
                if (sizing.Decisions[first * assets + row + asset] == Decision.Trade) scores[count++] = signals[row + asset];
            PortfolioHead.Share(Sizing.Portfolio, scores[..count]);
            for (var asset = assets - 1; asset >= 0; asset--)
                if (sizing.Decisions[first * assets + row + asset] == Decision.Trade) signals[row + asset] = scores[--count];
        }
    }

    /// <summary>A position, which is a number.</summary>
    /// <exception cref="ModelException">It is none.</exception>
    internal float Finite(float position) => float.IsFinite(position) ? position : throw new ModelException($"{Bundle.Folder}: the model gave a position that is not finite.");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsSession) Session.Dispose();
    }

    private void Infer(FeatureTable features, int[] cells, int from, float[] signals)
    {
        var width = features.Features;
        var binding = Session.Rent();
        try
        {
            binding.SetRows(cells.Length);
            var input = binding.Input<float>();
            for (var row = 0; row < cells.Length; row++)
                for (var feature = 0; feature < width; feature++) input[(row * width) + feature] = (float)features.Values[(cells[row] * width) + feature];
            binding.Run();
            var output = binding.Output<float>();
            for (var row = 0; row < cells.Length; row++) signals[cells[row] - from] = Finite(output[row]);
        }
        finally
        {
            Session.Return(binding);
        }
    }
}
