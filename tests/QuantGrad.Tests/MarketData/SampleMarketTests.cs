using QuantGrad.MarketData;

namespace QuantGrad.Tests.MarketData;

public sealed class SampleMarketTests
{
    [Fact]
    public void Sample_MadeAgain_HasTheSameBytes()
    {
        using var folder = new PriceFolder();
        var committed = Path.Combine(SharedData.Repository(), "data", "sample");
        var made = PriceWriter.WriteSymbolFiles(SyntheticMarket.Regimes(1).Panel, folder.Root);
        Assert.Equal(Directory.GetFiles(committed, "*.csv").Select(Path.GetFileName).Order(StringComparer.Ordinal), made.Select(Path.GetFileName));
        foreach (var file in made) Assert.Equal(File.ReadAllBytes(Path.Combine(committed, Path.GetFileName(file))), File.ReadAllBytes(file));
    }

    [Fact]
    public void Sample_Read_GivesThePanelThatWasWritten()
    {
        var data = MarketDataLoader.Load([Path.Combine(SharedData.Repository(), "data", "sample")]);
        var made = SyntheticMarket.Regimes(1).Panel;
        Assert.Empty(data.Defects);
        Assert.Equal(252, data.PeriodsPerYear);
        Assert.Equal(made.Dates, data.Panel.Dates);
        Assert.Equal(made.Symbols, data.Panel.Symbols);
        for (var asset = 0; asset < made.Assets; asset++)
        {
            Assert.Equal(made.Open[asset], data.Panel.Open[asset]);
            Assert.Equal(made.High[asset], data.Panel.High[asset]);
            Assert.Equal(made.Low[asset], data.Panel.Low[asset]);
            Assert.Equal(made.Close[asset], data.Panel.Close[asset]);
            Assert.Equal(made.Volume[asset], data.Panel.Volume[asset]);
        }
    }
}
