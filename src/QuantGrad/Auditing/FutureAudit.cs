using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.MarketData;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Auditing;

/// <summary>
/// Changes the future and demands the same past: at the start of a fold's validation window, at the start of its test window and within it, everything that
/// the pipeline knew before must be bit-identical whatever happens to the later bars.
/// </summary>
/// <param name="pipeline">The stages.</param>
/// <param name="data">The prices as they are.</param>
/// <param name="seed">Chooses the dates within test windows and the shuffling.</param>
/// <param name="findings">Where findings go.</param>
/// <param name="cancellation">Stops between trainings.</param>
internal sealed class FutureAudit(AuditedPipeline pipeline, MarketDataSet data, ulong seed, FindingList findings, CancellationToken cancellation)
{
    private readonly Preparation market = pipeline.Prepare(data);
    private readonly RandomStream random = RandomStream.For(seed, "audit");
    private readonly SortedSet<int> cuts = [];

    /// <summary>The market as it is.</summary>
    public Preparation Market => market;

    /// <summary>Units trained.</summary>
    public int Trainings { get; private set; }

    /// <summary>The last bars known at each cut.</summary>
    public IReadOnlyList<DateTime> Cuts => [.. cuts.Select(known => market.Data.Panel.Dates[known - 1])];

    /// <summary>Audits a fold and gives its unit as trained on the unaltered prices.</summary>
    public TrainedUnit Audit(Fold fold)
    {
        var unit = Train(market, fold);
        if (fold.Validation.Count > 0) Check(fold, unit, fold.Validation.Start, FutureAlteration.Magnified);
        foreach (var alteration in new[] { FutureAlteration.Magnified, FutureAlteration.Shuffled, FutureAlteration.Removed }) Check(fold, unit, fold.Test.Start, alteration);
        if (fold.Test.Count < 2) return unit;
        foreach (var alteration in Enum.GetValues<FutureAlteration>()) Check(fold, unit, fold.Test.Start + 1 + random.NextInteger(fold.Test.Count - 1), alteration);
        return unit;
    }

    private void Check(Fold fold, TrainedUnit unit, int known, FutureAlteration alteration)
    {
        cancellation.ThrowIfCancellationRequested();
        cuts.Add(known);
        var words = FormattableString.Invariant($"the bars after {market.Data.Panel.Dates[known - 1]:yyyy-MM-dd} {alteration.Words()}");
        var altered = pipeline.Prepare(data with { Panel = FutureAlterations.Apply(data.Panel, known, alteration, seed) });
        CompareInputs(altered, known, words);
        var same = altered.Folds.FirstOrDefault(other => other.Index == fold.Index);
        if (same is null || same.Train != fold.Train || same.Validation != fold.Validation || same.Test.Start != fold.Test.Start)
        {
            findings.Add(new AuditFinding("folds", $"fold {fold.Index}", null, market.Data.Panel.Dates[fold.Test.Start], double.PositiveInfinity, words,
                "the windows of a fold depend on bars after its test window begins; measure them from the first bar or backwards from the test window"));
            return;
        }

        var again = Train(altered, same);
        CompareTraining(fold, unit, again, known, words);
        if (known > fold.Test.Start) ComparePositions(altered, fold, unit, again, known, words);
    }

    private TrainedUnit Train(Preparation prepared, Fold fold)
    {
        Trainings++;
        return pipeline.Train(prepared, fold, 0, cancellation);
    }

    private void CompareInputs(Preparation altered, int known, string words)
    {
        var panel = market.Data.Panel;
        for (var feature = 0; feature < market.Features.Names.Length; feature++)
        {
            var column = feature;
            findings.Compare("feature", market.Features.Names[feature], panel, 0, known,
                (step, asset) => market.Features.Row(step, asset)[column], (step, asset) => altered.Features.Row(step, asset)[column], words,
                "its value changes with later bars: a negative shift, a centred window, a statistic over the whole history, or prices that were adjusted or filled from later ones");
        }

        findings.Compare("size", "position size", panel, 0, known,
            (step, asset) => market.Sizing.Sizes[step * panel.Assets + asset], (step, asset) => altered.Sizing.Sizes[step * panel.Assets + asset], words,
            "what a symbol may hold, or whether it takes part, changes with later bars: filled gaps, or prices that were adjusted from later ones");
    }

    private void CompareTraining(Fold fold, TrainedUnit unit, TrainedUnit again, int known, string words)
    {
        var date = market.Data.Panel.Dates[known - 1];
        var name = $"fold {fold.Index}";
        findings.Compare("scaling", name, date, unit.FeatureMean, again.FeatureMean, words, "the features' scaling is fitted on rows beyond the train window");
        findings.Compare("scaling", name, date, unit.FeatureDeviation, again.FeatureDeviation, words, "the features' scaling is fitted on rows beyond the train window");
        var epochs = Math.Min(unit.Epochs, again.Epochs);
        findings.Compare("training", name, date, unit.TrainObjective.AsSpan(0, epochs), again.TrainObjective.AsSpan(0, epochs), words,
            "training rows, or the outcomes of the last of them, reach into the next window: purge the rows whose outcome is known only there, and split all symbols at one date");
        if (known < fold.Test.Start) return;
        findings.Compare("validation_choice", name, date, unit.ValidationObjective, again.ValidationObjective, words,
            "early stopping looks at rows of the test window, or at outcomes that reach into it");
        findings.Compare("weights", name, date, Array.ConvertAll(unit.Parameters, value => (double)value), Array.ConvertAll(again.Parameters, value => (double)value), words,
            "the fitted weights depend on bars of the test window");
    }

    private void ComparePositions(Preparation altered, Fold fold, TrainedUnit unit, TrainedUnit again, int known, string words)
    {
        var panel = market.Data.Panel;
        var range = new BarRange(fold.Test.Start, known);
        var before = pipeline.Signals(market, unit, range);
        var after = pipeline.Signals(altered, again, range);
        findings.Compare("position", $"fold {fold.Index}", panel, range.Start, range.Count,
            (step, asset) => before[step * panel.Assets + asset], (step, asset) => after[step * panel.Assets + asset], words, "a position depends on bars after it was decided");

        var books = Books(market, range, before);
        var alteredBooks = Books(altered, range, after);
        for (var row = 0; row < Math.Min(books.Steps, alteredBooks.Steps) && range.Start + row + market.Execution.OutcomeBars < known; row++)
        {
            if (books.Net(row) == alteredBooks.Net(row)) continue;
            findings.Add(new AuditFinding("books", $"fold {fold.Index}", null, books.Dates[row], Math.Abs(books.Net(row) - alteredBooks.Net(row)), words,
                "a return is booked before the bar that makes it known"));
            break;
        }
    }

    private static Ledger Books(Preparation prepared, BarRange range, double[] signals)
    {
        var assets = prepared.Data.Panel.Assets;
        var first = range.Start * assets;
        var targets = new double[signals.Length];
        for (var cell = 0; cell < signals.Length; cell++) targets[cell] = double.IsNaN(signals[cell]) ? 0 : signals[cell] * prepared.Sizing.Sizes[first + cell];
        return Ledger.Keep(prepared.Data.Panel, prepared.Execution, range.Start, targets, prepared.Sizing.Decisions.AsSpan(first, signals.Length), prepared.Costs);
    }
}
