using System.Text.Json;
using QuantGrad.Metrics;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>How the training went: learning curves, gradients, and how far the seeds lie apart.</summary>
internal static class TrainingSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RecordedRun run)
    {
        var units = TrainingRecord.Of(run);
        Page.Section(html, "training", "Training", $"What the optimiser saw, fold by fold; {Objective(run)}.");
        html.Open("div", ("class", "charts"));
        if (units.Length > 0)
        {
            LearningCurves(units).Write(html);
            GradientNorms(units).Write(html);
        }

        if (run.Members is { Names.Length: > 1 } members)
        {
            SeedSharpes(run, members).Write(html);
            SeedGrowth(run, members).Write(html);
        }

        html.Close().Close();
    }

    private static string Objective(RecordedRun run) => run.Run.At("strategy", "objective", "loss") switch
    {
        null or { ValueKind: JsonValueKind.String } when run.Run.TextAt("strategy", "objective", "loss") is null or "sharpe" => "the objective is the annual net Sharpe ratio with costs inside",
        { ValueKind: JsonValueKind.Object } sum => $"the objective is minus the loss {string.Join(" + ", sum.EnumerateObject().Select(term => $"{term.Value.GetRawText()} {term.Name}"))}",
        _ => $"the objective is minus the loss {run.Run.TextAt("strategy", "objective", "loss")}",
    };

    private static Chart LearningCurves(TrainingRecord[] units)
    {
        var shown = units.Max(unit => unit.Train.Length);
        var folds = units.GroupBy(unit => unit.Fold).ToArray();
        var series = new List<DrawnSeries>();
        foreach (var fold in folds)
        {
            series.Add(Curve("In sample, a fold", MeanCurve([.. fold.Select(unit => unit.Train)], shown), "train", quiet: true));
            series.Add(Curve("Validation, a fold", MeanCurve([.. fold.Select(unit => unit.Validation)], shown), "validation", quiet: true));
        }

        series.Add(Curve("Mean in sample", MeanCurve([.. units.Select(unit => unit.Train)], shown), "strategy"));
        if (Array.Exists(units, unit => Array.Exists(unit.Validation, double.IsFinite)))
            series.Add(Curve("Mean validation", MeanCurve([.. units.Select(unit => unit.Validation)], shown), "a"));
        var best = units.Where(unit => unit.BestEpoch > 0).Select(unit => (double)unit.BestEpoch).Order().ToArray();
        var table = new Table("Training by fold", "<Fold", "Seeds", "Epochs", "Epoch kept", "In sample there", "Validation there");
        foreach (var fold in folds)
            table.Row(Print.Count(fold.Key), Print.Count(fold.Count()), Print.Number(fold.Average(unit => unit.Train.Length), 1), Print.Number(fold.Average(unit => unit.BestEpoch), 1),
                Print.Number(fold.Average(unit => At(unit.Train, unit.BestEpoch))), Print.Number(fold.Average(unit => At(unit.Validation, unit.BestEpoch))));
        var kept = best.Length == 0 ? "" : $" and the weights kept are those of epoch {Print.Number(Quantile.OfSorted(best, 0.5), 0)} (median)";
        var halved = Array.FindAll(units, unit => unit.RateHalved.Length > 0).Length;
        var diverged = halved == 0 ? "" : $" {halved} of them diverged on the way and went on from their last good weights with half the learning rate.";
        return new Chart("learning-curves", "Learning curves",
            $"{units.Length} units were trained{kept}; a unit that has stopped keeps its last value in the means.{diverged}",
            new LineChart(new NumberAxis("Epoch", "integer"), new NumberAxis("Objective", "number1"), [.. series]) { Level = 0 }, table)
        { Height = 280 };
    }

    private static Chart GradientNorms(TrainingRecord[] units)
    {
        var shown = units.Max(unit => unit.GradientNorm.Length);
        var series = units.GroupBy(unit => unit.Fold).Select(fold => Curve("A fold", MeanCurve([.. fold.Select(unit => unit.GradientNorm)], shown), "train", quiet: true)).ToList();
        var mean = MeanCurve([.. units.Select(unit => unit.GradientNorm)], shown);
        series.Add(Curve("Mean", mean, "strategy"));
        var table = new Table("Mean gradient norm by epoch", "<Epoch", "Norm");
        for (var epoch = 0; epoch < shown; epoch += Math.Max(1, shown / 20)) table.Row(Print.Count(epoch + 1), Print.Significant(mean[epoch], 3));
        return new Chart("gradient-norm", "Gradient norm", $"The norm before clipping went from {Print.Significant(mean[0], 2)} to {Print.Significant(mean[^1], 2)} in the mean of the units.",
            new LineChart(new NumberAxis("Epoch", "integer"), new NumberAxis("Norm", "significant"), [.. series]), table)
        { Height = 280 };
    }

    private static Chart SeedSharpes(RecordedRun run, MemberRecord members)
    {
        var sharpes = Array.ConvertAll(members.Net, net => Sharpe(net, run));
        var together = Sharpe(run.Equity.Net, run);
        var table = new Table("Net Sharpe ratio by seed, out of sample", "<Seed", "Sharpe");
        for (var seed = 0; seed < sharpes.Length; seed++) table.Row(members.Names[seed], Print.Number(sharpes[seed]));
        table.Row("together", Print.Number(together));
        return new Chart("seed-sharpe", "Net Sharpe of every seed alone",
            $"Alone the seeds reach {Print.Number(sharpes.Min())} to {Print.Number(sharpes.Max())}; deciding together they reach {Print.Number(together)}.",
            new BarChart([.. members.Names.Select(name => $"seed {name}"), "together"], "number2", [new DrawnSeries("Net Sharpe", [.. sharpes, together]) { Role = "strategy" }]) { Level = 0 }, table)
        { Height = 240 };
    }

    private static Chart SeedGrowth(RecordedRun run, MemberRecord members)
    {
        var growth = members.Net.Select(GrowthSection.Growth).ToArray();
        var together = GrowthSection.Growth(run.Equity.Net);
        var rows = Thinning.Rows([.. growth, together], 2400);
        var series = growth.Select((line, seed) => new DrawnSeries($"seed {members.Names[seed]}", Thinning.Pick(line, rows)) { Role = "train" })
            .Append(new DrawnSeries("together", Thinning.Pick(together, rows)) { Role = "strategy" });
        var table = new Table("Growth of 1 by seed", "<Seed", "End value");
        for (var seed = 0; seed < growth.Length; seed++) table.Row(members.Names[seed], Print.Number(growth[seed][^1]));
        return new Chart("seed-growth", "Growth of every seed alone", $"One unit grew to between {Print.Number(growth.Min(line => line[^1]))} and {Print.Number(growth.Max(line => line[^1]))} by seed; the spread is luck of the initial weights.",
            new TimeChart(Array.ConvertAll(rows, row => EquityRecord.Day(run.Equity.Dates[row])), [new Panel("Growth of 1", "multiple", [.. series]) { Scale = "growth", Level = 1 }]), table)
        { Height = 240 };
    }

    private static double Sharpe(double[] net, RecordedRun run) => Metrics.Returns.SharpeRatio.Of(net, run.PeriodsPerYear).Value;

    private static double At(double[] curve, int epoch) => epoch >= 1 && epoch <= curve.Length ? curve[epoch - 1] : double.NaN;

    private static DrawnSeries Curve(string name, double[] values, string role, bool quiet = false) =>
        new(name, values) { X = [.. Enumerable.Range(1, values.Length).Select(epoch => (double)epoch)], Role = role, Quiet = quiet, Opacity = quiet ? 0.5 : null };

    // A mean over the units still training would jump wherever one stops.
    private static double[] MeanCurve(double[][] curves, int epochs)
    {
        var known = Array.FindAll(curves, curve => Array.Exists(curve, double.IsFinite));
        return [.. Enumerable.Range(0, epochs).Select(epoch => known.Select(curve => curve[Math.Min(epoch, curve.Length - 1)]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average())];
    }
}
