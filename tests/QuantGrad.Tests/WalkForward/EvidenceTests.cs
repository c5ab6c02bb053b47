using QuantGrad.Accounting;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.WalkForward;

public sealed class EvidenceTests(WalkEvidence walk) : IClassFixture<WalkEvidence>
{
    private OutOfSample Result => walk.Result;

    [Fact]
    public void Contributions_OfEverySymbol_AddUpToTheBooks()
    {
        var parts = Contributions.Of(Result.Ledger, Result.Market.Execution, Result.Market.Costs);

        for (var row = 0; row < Result.Ledger.Steps; row++) Assert.Equal(Result.Ledger.Gross(row), parts.LongByRow[row] + parts.ShortByRow[row], 1e-12);
        Assert.Equal(Sum(Result.Ledger.Gross), parts.Long.Sum() + parts.Short.Sum(), 1e-9);
        Assert.Equal(Sum(Result.Ledger.Cost), parts.Cost.Sum(), 1e-9);
        Assert.Equal(Sum(Result.Ledger.Turnover), parts.Turnover.Sum(), 1e-9);
        Assert.Contains(parts.Short, earned => earned != 0);
    }

    [Fact]
    public void Baselines_EveryRule_SharesTheRunsDatesAndCosts()
    {
        var baselines = Baselines.Of(Result, 2);

        Assert.Equal(["long_only", "long_only_vol_target", "year_sign", "macd"], baselines.Select(baseline => baseline.Key));
        foreach (var books in baselines.Select(baseline => baseline.Books!))
        {
            Assert.Equal(Result.Ledger.Dates, books.Dates);
            Assert.True(Enumerable.Range(0, books.Steps).Sum(books.Cost) > 0);
            Assert.True(books.Turnover(0) > 0);
        }
    }

    [Fact]
    public void Baselines_YearSign_HoldsTheSignOfTheYearsReturnAtTheStrategysSize()
    {
        var books = Baselines.Of(Result, 1)[2].Books!;
        var panel = Result.Market.Data.Panel;

        for (var row = 0; row < books.Steps; row += 7)
            for (var asset = 0; asset < books.Assets; asset++)
            {
                var step = Result.First + row;
                if (Result.Decisions[row * books.Assets + asset] != Decision.Trade) continue;
                // A symbol's year is 252 of its own bars: a date on which it did not trade is none of them.
                var closes = panel.Close[asset][..(step + 1)].Where(double.IsFinite).ToArray();
                var year = closes.Length > 252 ? closes[^1] / closes[^253] - 1 : 0;
                Assert.Equal(Math.Sign(year) * Result.Market.Sizing.Sizes[step * books.Assets + asset], books.Weight(row, asset), 1e-12);
            }
    }

    [Fact]
    public void Baselines_OnACutPanel_DecideTheSame()
    {
        var whole = Baselines.Of(Result, 1);
        var rows = whole[0].Books!.Steps - 40;
        var data = SmallRun.DataSet(Result.Market.Data.Panel.Until(Result.First + rows));
        var cut = Baselines.Of(OutOfSample.Evaluate(Preparation.Of(Result.Market.Strategy, data, 1), Result.Models), 1);

        for (var rule = 0; rule < whole.Count; rule++)
            for (var row = 0; row < cut[rule].Books!.Steps; row++)
                for (var asset = 0; asset < whole[rule].Books!.Assets; asset++)
                    Assert.Equal(whole[rule].Books!.Weight(row, asset), cut[rule].Books!.Weight(row, asset));
    }

    [Fact]
    public void Credit_IntegratedGradients_AddUpToThePositionsLessThatOfTheMeanInput()
    {
        var fold = Result.Market.Folds[0];
        var model = Result.Models[0];
        var mean = model.Members[0].FeatureMean;
        var distances = new double[fold.Test.Count * Result.Assets * mean.Length];
        for (var cell = 0; cell < distances.Length; cell++)
            distances[cell] = Result.Market.Features.Values[fold.Test.Start * Result.Assets * mean.Length + cell] - mean[cell % mean.Length];
        var slopes = CreditAssignment.Slopes(Result.Market, model, fold, mean, distances);
        const int Points = 40;
        var credit = new double[distances.Length];
        for (var point = 0; point < Points; point++)
        {
            var here = slopes((point + 0.5) / Points);
            for (var cell = 0; cell < credit.Length; cell++) credit[cell] += here[cell] * distances[cell] / Points;
        }

        var signals = model.Signals(Result.Market.View, fold.Test);
        var atMean = MeanInputPosition(model, mean);
        for (var row = 0; row < signals.Length; row += 11)
            Assert.Equal(signals[row] - atMean, credit.AsSpan(row * mean.Length, mean.Length).ToArray().Sum(), 2e-4);
    }

    [Fact]
    public void Credit_OfAFold_IsPositiveForEveryInput()
    {
        var credit = CreditAssignment.Of(Result.Market, Result.Models[0], Result.Market.Folds[0]);

        Assert.Equal(3, credit.IntegratedGradients.Length);
        Assert.All(credit.IntegratedGradients.Concat(credit.GradientTimesInput), value => Assert.InRange(value, 1e-9, 2));
    }

    private static double MeanInputPosition(FoldModel model, double[] mean)
    {
        var plan = model.PositionPlan<float>(new QuantGrad.Autodiff.PlanSize(1, 1));
        for (var feature = 0; feature < mean.Length; feature++) plan.Value(model.Graph.Features)[feature] = (float)mean[feature];
        plan.Forward();
        return plan.Value(model.Graph.Position)[0];
    }

    private double Sum(Func<int, double> column) => Enumerable.Range(0, Result.Ledger.Steps).Sum(column);
}
