#if SKENDER_PACKAGE
using QuantGrad.Indicators;
using QuantGrad.Indicators.Skender;

namespace QuantGrad.Tests.Indicators;

/// <summary>Our indicators beside the package's, where the build has the package (-p:SkenderPackage=true).</summary>
public sealed class SkenderPackageTests
{
    /// <summary>The package before version 3 computes these otherwise: a return of 0 at the first bar, other seeds, other parameters.</summary>
    private static readonly string[] Differs = ["hurst", "bar_part"];

    public static TheoryData<string> Names => [.. IndicatorCatalog.All.Where(d => !d.TakesSecond && !Differs.Contains(d.Name) && SkenderIndicators.Has(d)).Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_LastBars_EqualThePackage(string name)
    {
        var definition = IndicatorCatalog.Find(name)!;
        var parameters = Array.ConvertAll(definition.Parameters, p => p.Typical);
        var bars = ReferenceSeries.Input.Bars;
        var theirs = SkenderIndicators.Compute(definition, parameters, bars);
        var ours = IndicatorContract.Run(definition.Create(parameters), bars, definition.Fields.Length);
        for (var t = bars.Length - 20; t < bars.Length; t++)
            for (var field = 0; field < definition.Fields.Length; field++)
                if (!double.IsNaN(theirs[t][field])) Assert.Equal(theirs[t][field], ours[t][field], 1e-9 * Math.Max(1, Math.Abs(theirs[t][field])));
    }
}
#endif
