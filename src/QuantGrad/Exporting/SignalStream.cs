using QuantGrad.Features;
using QuantGrad.MarketData;
using QuantGrad.Strategies;

namespace QuantGrad.Exporting;

/// <summary>
/// A bundle bar by bar: every date costs the same however long the history is (a model that looks along time keeps the newest bars that it looks at), and the decision equals that of
/// <see cref="BundlePredictor.Predict"/> over all bars so far. For one thread at a time.
/// </summary>
public sealed class SignalStream
{
    private readonly BundlePredictor predictor;
    private readonly FeatureStream features;
    private readonly FeatureStream? volatility;
    private readonly double[] values;
    private readonly double[] volatilities;
    private readonly Bar[] newest;
    private readonly RowHistory rows;
    private readonly int[] usableBars;
    private readonly PortfolioMembers members;
    private readonly float[] scores;

    /// <summary>A stream without history.</summary>
    /// <param name="predictor">The bundle; it must live as long as the stream.</param>
    /// <param name="symbols">The symbols, in the order of every <see cref="Advance"/>.</param>
    public SignalStream(BundlePredictor predictor, IReadOnlyList<string> symbols)
    {
        this.predictor = predictor;
        Symbols = symbols;
        features = new FeatureStream(predictor.Features, symbols.Count, symbols);
        if (predictor.Sizing.Sizing == Sizing.VolTarget)
            volatility = new FeatureStream(PositionSizing.VolatilityFormula(predictor.Sizing.VolSpan, predictor.BarInterval), symbols.Count);
        values = new double[symbols.Count * predictor.Features.Names.Length];
        volatilities = new double[symbols.Count];
        newest = new Bar[symbols.Count];
        rows = new RowHistory(symbols.Count, Math.Max(1, predictor.Manifest.SequenceBars), predictor.Features.Names.Length);
        usableBars = new int[symbols.Count];
        members = new PortfolioMembers(symbols.Count);
        scores = new float[symbols.Count];
        Bars = new int[symbols.Count];
        LastBar = new DateTime[symbols.Count];
        Array.Fill(newest, Bar.OfValue(default, double.NaN));
    }

    /// <summary>The symbols, <c>[A]</c>.</summary>
    public IReadOnlyList<string> Symbols { get; }

    /// <summary>The newest date; the smallest there is before the first.</summary>
    public DateTime Date { get; private set; }

    /// <summary>Bars of each symbol so far, <c>[A]</c>.</summary>
    public int[] Bars { get; }

    /// <summary>The date of each symbol's newest bar, <c>[A]</c>.</summary>
    public DateTime[] LastBar { get; }

    /// <summary>The newest features, <c>[A, F]</c>; NaN where undefined.</summary>
    public ReadOnlySpan<double> Features => values;

    /// <summary>Takes the bars of the next date.</summary>
    /// <param name="date">Later than the one before.</param>
    /// <param name="bars">One a symbol; a close of NaN means that the symbol has none.</param>
    public void Advance(DateTime date, ReadOnlySpan<Bar> bars)
    {
        if (date <= Date) throw new ArgumentException($"{date:O} is not after {Date:O}.", nameof(date));
        features.Advance(bars, values);
        volatility?.Advance(bars, volatilities);
        bars.CopyTo(newest);
        Date = date;
        for (var asset = 0; asset < newest.Length; asset++)
        {
            var hasBar = !double.IsNaN(newest[asset].Close);
            if (hasBar)
            {
                Bars[asset]++;
                LastBar[asset] = date;
            }

            if (IsUsable(asset))
            {
                usableBars[asset]++;
                rows.Add(asset, Row(asset));
            }

            members.See(asset, hasBar, !double.IsNaN(Size(asset)));
        }
    }

    /// <summary>Decides on the newest date.</summary>
    /// <param name="signals">Receives the signals, <c>[A]</c>; NaN where there is nothing to decide on.</param>
    /// <param name="weights">Receives the target weights, <c>[A]</c>.</param>
    public void Decide(Span<float> signals, Span<double> weights)
    {
        signals.Fill(float.NaN);
        for (var asset = 0; asset < newest.Length; asset++) weights[asset] = Size(asset);

        // Windows of one length are one call; once every symbol has all the bars that the model looks at, that is all of them.
        for (var asset = 0; asset < newest.Length; asset++)
            if (!double.IsNaN(weights[asset]) && float.IsNaN(signals[asset])) Infer(rows.Count(asset), signals, weights);
        Share(signals, weights);
        var parts = predictor.Sizing.Portfolio.LooksAcross() ? 1 : members.Count;
        for (var asset = 0; asset < newest.Length; asset++) weights[asset] = signals[asset] * (weights[asset] / parts);
    }

    /// <summary>Weight of a signal of 1 before the portfolio is shared out; NaN where there is nothing to decide on.</summary>
    private double Size(int asset) => !IsUsable(asset) || usableBars[asset] <= predictor.Manifest.WarmUpBars ? double.NaN
        : PositionSizing.Size(predictor.Sizing, volatility is null ? double.NaN : volatilities[asset], predictor.Manifest.Market.PeriodsPerYear);

    /// <summary>Where the graph gives scores: the shares of the date's symbols.</summary>
    private void Share(Span<float> signals, ReadOnlySpan<double> weights)
    {
        if (!predictor.Sizing.Portfolio.LooksAcross()) return;
        var count = 0;
        for (var asset = 0; asset < newest.Length; asset++)
            if (!double.IsNaN(weights[asset])) scores[count++] = signals[asset];
        PortfolioHead.Share(predictor.Sizing.Portfolio, scores.AsSpan(0, count));
        for (var asset = newest.Length - 1; asset >= 0; asset--)
            if (!double.IsNaN(weights[asset])) signals[asset] = scores[--count];
    }

    private void Infer(int bars, Span<float> signals, Span<double> weights)
    {
        var (windows, width) = (0, predictor.Features.Names.Length);
        for (var asset = 0; asset < newest.Length; asset++)
            if (IsOfLength(asset, bars, weights)) windows++;
        var binding = predictor.Session.Rent();
        try
        {
            if (predictor.Manifest.SequenceBars > 0) binding.SetShape(0, [windows, bars, width]);
            else binding.SetRows(windows);
            var input = binding.Input<float>();
            for (int asset = 0, window = 0; asset < newest.Length; asset++)
                if (IsOfLength(asset, bars, weights)) rows.Rows(asset).CopyTo(input[(window++ * bars * width)..]);
            binding.Run();
            var output = binding.Output<float>();
            for (int asset = 0, window = 0; asset < newest.Length; asset++)
                if (IsOfLength(asset, bars, weights)) signals[asset] = predictor.Finite(output[(++window * bars) - 1]);
        }
        finally
        {
            predictor.Session.Return(binding);
        }
    }

    private bool IsOfLength(int asset, int bars, Span<double> weights) => !double.IsNaN(weights[asset]) && rows.Count(asset) == bars;

    private bool IsUsable(int asset)
    {
        if (double.IsNaN(newest[asset].Close)) return false;
        foreach (var value in Row(asset))
            if (double.IsNaN(value)) return false;
        return true;
    }

    private ReadOnlySpan<double> Row(int asset) => values.AsSpan(asset * predictor.Features.Names.Length, predictor.Features.Names.Length);
}
