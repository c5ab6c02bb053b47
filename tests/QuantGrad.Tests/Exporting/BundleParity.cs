using QuantGrad.Exporting;
using QuantGrad.MarketData;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.Exporting;

/// <summary>The run, the bundle over all bars and the bundle bar by bar, on every row of a fold's test window.</summary>
internal static class BundleParity
{
    /// <summary>Exports a fold and compares signals and weights to 1e-5.</summary>
    public static BundleManifest Check(OutOfSample result, int fold, string folder)
    {
        var (market, model, test) = (result.Market, result.Models[fold], result.Market.Folds[fold].Test);
        var manifest = BundleExport.Write(folder, market, model, market.Folds[fold], null, "run");
        using var predictor = new BundlePredictor(BundleReader.Verify(folder));

        var expected = model.Signals(market.View, test);
        var panel = market.Data.Panel;
        var predicted = predictor.Predict(panel, test.Start);
        for (var cell = 0; cell < expected.Length; cell++)
        {
            Assert.Equal(expected[cell], predicted.Signals[cell], 1e-5);
            Assert.Equal(expected[cell] * market.Sizing.Sizes[test.Start * panel.Assets + cell], predicted.Weights[cell], 1e-5);
        }

        Assert.InRange(expected.Count(double.IsFinite), 500, expected.Length);
        var stream = new SignalStream(predictor, panel.Symbols);
        var (signals, weights, bars) = (new float[panel.Assets], new double[panel.Assets], new Bar[panel.Assets]);
        for (var step = 0; step < test.End; step++)
        {
            for (var asset = 0; asset < panel.Assets; asset++) bars[asset] = panel.At(step, asset);
            stream.Advance(panel.Dates[step], bars);
            if (step < test.Start) continue;
            stream.Decide(signals, weights);
            for (var asset = 0; asset < panel.Assets; asset++)
            {
                Assert.Equal(predicted.Signals[predicted.At(step, asset)], signals[asset], 1e-5);
                Assert.Equal(predicted.Weights[predicted.At(step, asset)], weights[asset], 1e-5);
            }
        }

        return manifest;
    }
}
