using System.Reflection;
using QuantGrad.Indicators;

namespace QuantGrad.Tests.Indicators;

public sealed class CatalogTests
{
    [Fact]
    public void All_EveryIndicator_FillsInTheContract()
    {
        var covered = typeof(IndicatorContract).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(IndicatorContract)) && !type.IsAbstract)
            .Select(type => ((IndicatorContract)Activator.CreateInstance(type)!).Definition.Name).ToHashSet();
        Assert.DoesNotContain(IndicatorCatalog.All, definition => !covered.Contains(definition.Name));
    }

    [Fact]
    public void All_EveryDeclaredDefinition_IsInTheCatalogue()
    {
        var declared = typeof(Indicator).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Indicator)))
            .Select(type => type.GetField("Definition", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null)).OfType<IndicatorDefinition>();
        Assert.Equal(declared.Select(d => d.Name).Order(StringComparer.Ordinal), IndicatorCatalog.All.Select(d => d.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_PublishedCausalIndicators_AreAtLeastSeventyFive() =>
        Assert.True(IndicatorCatalog.All.Count(d => d.Source.Contains("Stock.Indicators", StringComparison.Ordinal)) >= 75);

    [Fact]
    public void Page_InTheRepository_IsCurrent()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "QuantGrad.sln"))) folder = folder.Parent;
        Assert.NotNull(folder);
        Assert.Equal(CatalogPage.Write(), File.ReadAllText(Path.Combine(folder.FullName, "src", "QuantGrad", "Indicators", "README.md")).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Names_RefusedOrFunctions_AreNotInTheCatalogueToo()
    {
        Assert.DoesNotContain(RefusedIndicators.All.Keys, name => IndicatorCatalog.Find(name) is not null);
        Assert.DoesNotContain(QuantGrad.Features.Compilation.Functions.Names, name => IndicatorCatalog.Find(name) is not null);
    }

    [Fact]
    public void Refusal_WrongParameters_SaysWhatIsRight()
    {
        var ema = IndicatorCatalog.Find("ema")!;
        Assert.Equal("ema takes 1 parameters, 0 were given", ema.Refusal([]));
        Assert.Contains("whole number", ema.Refusal([2.5]), StringComparison.Ordinal);
        Assert.Contains("between 1 and 100000", ema.Refusal([1e6]), StringComparison.Ordinal);
        Assert.Null(ema.Refusal([20]));
        Assert.Throws<UsageException>(() => ema.Create(double.NaN));
    }
}
