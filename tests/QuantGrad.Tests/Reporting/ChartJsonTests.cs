using System.Text.Json;
using QuantGrad.Reporting.Charts;

namespace QuantGrad.Tests.Reporting;

public class ChartJsonTests
{
    [Theory]
    [InlineData(1e15), InlineData(1.5e31), InlineData(-1.23456e40), InlineData(double.MaxValue), InlineData(double.Epsilon), InlineData(-999999999999999.0), InlineData(123456789012345.678)]
    public void Of_NumberOfAnySize_IsJsonThatReadsBack(double value)
    {
        var json = ChartJson.Of(new Histogram([0, 1], [value], "number2", "bars"));

        using var document = JsonDocument.Parse(json);
        Assert.Equal(value, document.RootElement.GetProperty("counts")[0].GetDouble(), Math.Abs(value) * 1e-5);
    }
}
