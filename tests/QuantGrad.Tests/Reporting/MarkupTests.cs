using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;

namespace QuantGrad.Tests.Reporting;

public sealed class MarkupTests
{
    [Theory]
    [InlineData("a<b>&\"'", "<p title=\"a&lt;b&gt;&amp;&quot;&#39;\">a&lt;b&gt;&amp;&quot;&#39;</p>\n")]
    [InlineData("a\u202Eb\u0000", "<p title=\"a⟨U+202E⟩b⟨U+0000⟩\">a⟨U+202E⟩b⟨U+0000⟩</p>\n")]
    [InlineData("שלום 😀", "<p title=\"שלום 😀\">שלום 😀</p>\n")]
    public void Text_AnyName_IsEscapedAndVisible(string name, string expected) =>
        Assert.Equal(expected, new HtmlWriter().Open("p", ("title", name)).Text(name).Close().ToString());

    [Fact]
    public void Of_LoneSurrogate_IsWrittenOut() => Assert.Equal("a⟨U+D83D⟩b", VisibleText.Of("a\ud83db"));

    [Fact]
    public void Raw_ContentThatEndsItsElement_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => new HtmlWriter().Raw("var a = '</SCRIPT>'"));

    [Fact]
    public void ToString_OpenElement_IsRefused() => Assert.Throws<InvalidOperationException>(() => new HtmlWriter().Open("p").ToString());

    [Theory]
    [InlineData(-0.001, "0.00")]
    [InlineData(-1.125, "−1.13")]
    [InlineData(1234.5, "1,234.50")]
    [InlineData(double.NaN, "n/a")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Number_AnyValue_HasATrueMinusAndNoNegativeZero(double value, string expected) => Assert.Equal(expected, Print.Number(value));

    [Fact]
    public void Of_DataWithHostileNames_CannotEndItsScript()
    {
        var json = ChartJson.Of(new BarChart(["</script><!--", "\u2028\u202E"], "number2", [new DrawnSeries("a", [double.NaN, 0.123456789, 12345.25])]));

        Assert.DoesNotContain("<", json, StringComparison.Ordinal);
        Assert.Equal("""{"categories":["\u003C/script\u003E\u003C!--","\u27E8U\u002B2028\u27E9\u27E8U\u002B202E\u27E9"],"format":"number2","series":[{"name":"a","values":[null,0.123457,12345.2500],"area":false,"dash":false,"quiet":false,"symbols":false}],"horizontal":false,"signed":false}""", json);
    }
}
