using System.Globalization;
using System.Text;
using System.Text.Json;
using QuantGrad.Metrics;
using QuantGrad.Metrics.Checking;

namespace QuantGrad.Tests.Metrics;

public sealed class SharpeCheckTests
{
    private static ReturnsFile Read(string text, string? column = null) => ReturnsFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), column);

    private static ReturnsFile Daily(double[] returns)
    {
        var text = new StringBuilder("date,fold,gross_return,cost,net_return,equity,drawdown,turnover\n");
        var date = new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach (var r in returns)
        {
            do date = date.AddDays(1);
            while (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
            text.Append(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd},0,0.5,0.25,{r:R},1,0,0.1\n");
        }

        return Read(text.ToString());
    }

    [Fact]
    public void Read_EquityOfARun_TakesTheNetReturnAndThePeriodsFromTheDates()
    {
        var file = Daily(GoldenSeries.Fifty);
        Assert.Equal(GoldenSeries.Fifty, file.Returns);
        Assert.Equal(("net_return", 252.0, 50), (file.Column, file.PeriodsPerYear, file.Dates!.Length));
        Assert.Empty(file.Notes);
    }

    [Theory]
    [InlineData("0.01\n-0.02\n0.03\n", "")]
    [InlineData("0.01 -0.02 0.03 \n", "")]
    [InlineData("x\n0.01\n-0.02\n0.03\n", "x")]
    [InlineData("Returns\n1%\n-2%\n3 %\n", "Returns")]
    [InlineData("month;Net Return;note\n2024-01-31;0.01;a\n2024-02-29;-0.02;b\n2024-03-31;0.03;c\n", "Net Return")]
    [InlineData("Date,ret\r\n2024-01-02,\r\n2024-01-03,0.01\r\n2024-01-04,-0.02\r\n2024-01-05,0.03\r\n", "ret")]
    [InlineData("d,a\n28.03.2024,0.01\n29.03.2024,-0.02\n01.04.2024,0.03\n", "a")]
    [InlineData(",0\n2024-01-03,0.01\n2024-01-04,-0.02\n2024-01-05,0.03\n", "0")]
    public void Read_CommonLayouts_FindTheReturns(string text, string column)
    {
        var file = Read(text);
        Assert.Equal([0.01, -0.02, 0.03], file.Returns);
        Assert.Equal(column, file.Column);
    }

    [Fact]
    public void Read_MonthEnds_GivesTwelvePeriods() =>
        Assert.Equal(12, Read("date,r\n2024-01-31,0.01\n2024-02-29,-0.02\n2024-03-31,0.03\n2024-04-30,0.01\n").PeriodsPerYear);

    [Theory]
    [InlineData("a,b\n0.1,0.2\n0.2,0.1\n", "has 2 columns of numbers (a, b)")]
    [InlineData("date,return\n2024-01-02,0.01\n2024-01-03,oops\n", "line 3: 'oops' in return is not a return")]
    [InlineData("date,return\n2024-01-02,0.01\n2024-01-03,\n2024-01-04,0.02\n", "line 3: '' in return is not a return")]
    [InlineData("date,return\n2024-01-03,0.01\n2024-01-02,0.02\n", "line 3: the date '2024-01-02' stands below the later '2024-01-03'")]
    [InlineData("date,return\n2024-01-03,0.01\n2024-01-03,0.02\n", "line 3: the date '2024-01-03' stands there twice")]
    [InlineData("date,return\n2024-01-03,0.01\n2024-13-03,0.02\n", "line 3: the date '2024-13-03' cannot be read")]
    [InlineData("date,close\n2024-01-02,101.5\n2024-01-03,102\n2024-01-04,99.5\n", "close goes from 101.5 to 99.5 in small steps and never reaches 0, as prices or an equity do")]
    [InlineData("return\n1.01\n1.02\n0.99\n", "as prices or an equity do")]
    [InlineData("", "is empty")]
    [InlineData("return\n", "has no returns")]
    [InlineData("date,return\n2024-01-02 0.01\n2024-01-03 0.02\n", "return is empty in all 2 rows; line 2 reads '2024-01-02 0.01'")]
    [InlineData("who,what\nx,y\n", "has no column of numbers")]
    public void Read_WrongInput_NamesWhereAndWhat(string text, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<QuantGradException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_UnknownColumn_SaysWhichThereAre() =>
        Assert.Contains("did you mean 'alpha'?", Assert.Throws<UsageException>(() => Read("alpha,beta\n0.1,0.2\n", "alhpa")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("r\n0.0002\n0.0002\n0.0002\n0.00021\n")] // a money market that never loses
    [InlineData("r\n0.12\n0.11\n0.115\n0.13\n")] // years of a fund that never lost
    [InlineData("r\n0.6\n0.01\n0.02\n0.3\n")]
    public void Read_ReturnsThatNeverLose_AreTaken(string text) => Assert.Equal(4, Read(text).Returns.Length);

    [Fact]
    public void Read_Percentages_AreDoubted() => Assert.Contains("divide by 100", Read("r\n1.5\n-0.3\n").Notes[0], StringComparison.Ordinal);

    [Fact]
    public void Judge_LongSkilledSeries_IsBelievedForOneTrialAndNotForAThousand()
    {
        var file = Daily(SimulatedReturns.Normal(71, 0, 1500, 1.4));
        var one = new SharpeCheck(file, new MetricOptions(), 0.95);
        Assert.True(one.IsBelievable, one.Verdict);
        Assert.StartsWith("Verdict: can be believed.", one.Verdict, StringComparison.Ordinal);
        var many = new SharpeCheck(file, new MetricOptions { Trials = 1000 }, 0.95);
        Assert.False(many.IsBelievable, many.Verdict);
        Assert.Contains("the best of 1,000 trials without any skill", many.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_RatioToBeAbove_IsAskedOfTheDeflatedRatioToo()
    {
        var file = Daily(SimulatedReturns.Normal(71, 0, 1500, 1.4));
        var check = new SharpeCheck(file, new MetricOptions { BenchmarkSharpe = 1 }, 0.95);
        Assert.False(check.IsBelievable, check.Verdict);
        var figures = MetricSet.Compute(new ReturnSeries(null, file.Returns), new MetricOptions { BenchmarkSharpe = 1 });
        Assert.Equal(figures["psr"].Value.Value, figures["dsr"].Value.Value, 1e-12);
        Assert.Contains("that luck on top of 1.00", check.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_SevenGoodReturns_AreTooFew()
    {
        var check = new SharpeCheck(Read("r\n0.02\n0.01\n0.03\n0.02\n0.01\n0.015\n0.02\n"), new MetricOptions(), 0.95);
        Assert.False(check.IsBelievable, check.Verdict);
        Assert.StartsWith("Verdict: cannot be judged.", check.Verdict, StringComparison.Ordinal);
        Assert.Contains("fewer than 10 returns", check.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_UndefinedSharpe_IsNotBelievedAndSaysWhy()
    {
        var check = new SharpeCheck(Read("r\n0.01\n0.01\n0.01\n"), new MetricOptions(), 0.5);
        Assert.False(check.IsBelievable);
        Assert.Contains("all returns are the same", check.Verdict, StringComparison.Ordinal);
        Assert.Contains("n/a", check.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void WriteTo_Json_HoldsVerdictAndFigures()
    {
        var check = new SharpeCheck(Daily(GoldenSeries.Fifty), new MetricOptions { Trials = 10 }, 0.95);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) check.WriteTo(writer);
        var json = JsonDocument.Parse(stream.ToArray()).RootElement;
        Assert.Equal(check.Verdict, json.GetProperty("verdict").GetString());
        Assert.Equal(10, json.GetProperty("metrics").GetProperty("trials").GetInt32());
        Assert.False(json.GetProperty("believable").GetBoolean());
    }
}
