using QuantGrad.Metrics;
using QuantGrad.Metrics.Returns;
using QuantGrad.Metrics.Significance;

namespace QuantGrad.Tests.Metrics;

/// <summary>The published and cross-checked numbers of "Is the Sharpe real", to their printed digits.</summary>
public sealed class SignificanceGoldenTests
{
    private const double Exact = 2e-14;

    [Theory]
    [InlineData(0.458, 24, 0, 3, 0.98167, 5e-6)]
    [InlineData(0.458, 24, -2.448, 10.164, 0.913361, 5e-7)]
    [InlineData(1.585, 24, -2.448, 10.164, 0.91323430688486018, Exact)]
    public void ProbabilisticSharpe_PublishedExample_Agrees(double sharpe, int n, double skew, double kurtosis, double expected, double tolerance) =>
        Assert.Equal(expected, ProbabilisticSharpe.Of(sharpe > 1 ? sharpe / Math.Sqrt(12) : sharpe, n, skew, kurtosis), tolerance);

    [Fact]
    public void ProbabilisticSharpe_ExcessKurtosisPassedAsRaw_GivesTheKnownWrongNumber() =>
        Assert.Equal(0.98798, ProbabilisticSharpe.Of(0.458, 24, 0, 0), 5e-6);

    [Theory]
    [InlineData(0.7079, -0.2250, 2.9570, 0.10276082)]
    [InlineData(0.8183, -1.4455, 7.0497, 0.15500655)]
    public void StandardError_PublishedExample_Agrees(double sharpe, double skew, double kurtosis, double expected) =>
        Assert.Equal(expected, ProbabilisticSharpe.StandardError(sharpe, 134, skew, kurtosis), 5e-9);

    [Theory]
    [InlineData(2, 1, 250, 0, 3, 2.7311878017281761)]
    [InlineData(2, 1, 52, 0, 3, 2.8288335869452368)]
    [InlineData(3, 2.5, 12, -0.72, 5.78, 27.352920196040301)]
    public void MinimumObservations_PublishedExample_Agrees(double sharpe, double benchmark, double periods, double skew, double kurtosis, double years) =>
        Assert.Equal(years, TrackRecord.MinimumObservations(sharpe / Math.Sqrt(periods), skew, kurtosis, benchmark / Math.Sqrt(periods)) / periods, 1e-12);

    [Theory]
    [InlineData(10, 1.574598301, 5e-10)]
    [InlineData(50, 2.276303093, 5e-10)]
    [InlineData(100, 2.5306028932016846, Exact)]
    [InlineData(1000, 3.255121514, 5e-10)]
    public void ExpectedMaximum_Trials_Agrees(int trials, double expected, double tolerance) =>
        Assert.Equal(expected, DeflatedSharpe.ExpectedMaximum(trials), tolerance);

    [Theory]
    [InlineData(100, -3, 10, 0.90039683444939034, Exact)]
    [InlineData(46, -3, 10, 0.9505017, 5e-8)]
    [InlineData(88, 0, 3, 0.9504908, 5e-8)]
    public void DeflatedSharpe_PublishedExample_Agrees(int trials, double skew, double kurtosis, double expected, double tolerance) =>
        Assert.Equal(expected, DeflatedSharpe.Of(2.5 / Math.Sqrt(250), 1250, skew, kurtosis, trials, 0.5 / 250), tolerance);

    [Fact]
    public void MinimumBacktestYears_FortyFiveTrials_Agrees() => Assert.Equal(4.9980870044434038, TrackRecord.MinimumBacktestYears(45, 1), 1e-13);

    [Fact]
    public void FiftyReturns_MomentsAndTests_Agree()
    {
        var moments = Moments.Of(GoldenSeries.Fifty);
        var sharpe = moments.Sharpe().Value;
        Assert.Equal(0.24171729852769172, sharpe, Exact);
        Assert.Equal(-1.139565685, moments.Skew, 5e-10);
        Assert.Equal(4.635861094, moments.Kurtosis, 5e-10);
        Assert.Equal(0.16466174867277414, ProbabilisticSharpe.StandardError(sharpe, 50, moments.Skew, moments.Kurtosis), Exact);
        Assert.Equal(0.877850770122146, ProbabilisticSharpe.Of(sharpe, 50, moments.Skew, moments.Kurtosis, 0.05), Exact);
        Assert.Equal(60.365085269027084, TrackRecord.MinimumObservations(sharpe, moments.Skew, moments.Kurtosis, 0.05, 0.9), 1e-11);
        Assert.Equal(3.837143, SharpeRatio.Of(GoldenSeries.Fifty, 252).Value, 5e-7);
        Assert.Equal(3.876100, SharpeRatio.Formula(moments.Mean, moments.Variance, 252), 5e-7);
    }

    [Theory]
    [InlineData(0, 0.329, 0.987, 0.939, 13.029)]
    [InlineData(0.2, 0.379, 0.966, 0.900, 19.543)]
    public void SharpeVariance_NullVariant_Agrees(double rho, double error, double atZero, double atTenth, double observations)
    {
        const double sharpe = 0.036 / 0.079;
        Assert.Equal(error, Math.Sqrt(SharpeVariance.Of(sharpe, 24, -2.448, 10.164, rho)), 5e-4);
        Assert.Equal(atZero, SharpeVariance.Probability(sharpe, 24, -2.448, 10.164, 0, rho), 5e-4);
        Assert.Equal(atTenth, SharpeVariance.Probability(sharpe, 24, -2.448, 10.164, 0.1, rho), 5e-4);
        Assert.Equal(observations, SharpeVariance.MinimumObservations(sharpe, -2.448, 10.164, 0, rho), 5e-4);
    }

    [Theory]
    [InlineData(4, 1.0 / 6)]
    [InlineData(8, 18.0 / 70)]
    public void OverfittingProbability_GoldenMatrix_Agrees(int blocks, double expected) =>
        Assert.Equal(expected, OverfittingProbability.Of(GoldenSeries.SixConfigurations(), blocks).Probability.Value, Exact);

    [Theory]
    [InlineData(12, 0.1, 3.1601)]
    [InlineData(12, 0.2, 2.8788)]
    [InlineData(12, 0.5, 2.1213)]
    [InlineData(252, 0.2, 12.9722)]
    public void Eta_FirstOrderAutoregression_Agrees(int periods, double rho, double expected) =>
        Assert.Equal(expected, LoAnnualization.Eta(periods, [.. Enumerable.Range(1, periods).Select(k => Math.Pow(rho, k))]), 5.1e-5);

    [Fact]
    public void NeweyWest_FiftyReturns_Agrees()
    {
        Assert.Equal(3, NeweyWest.Lag(50));
        Assert.Equal(1.653529963776809, NeweyWest.TStatistic(GoldenSeries.Fifty).Value, Exact);
        Assert.Equal(1.70919941, Moments.Of(GoldenSeries.Fifty).Sharpe().Value * Math.Sqrt(50), 5e-9);
    }

    [Fact]
    public void BlockLength_GoldenSeries_Agrees()
    {
        Assert.Equal(1.0205494334242011, BlockLength.Automatic(GoldenSeries.Fifty), Exact);
        Assert.Equal(12.273455384727844, BlockLength.Automatic(GoldenSeries.AutoregressiveSeven()), 1e-12);
    }

    [Fact]
    public void NormalDistribution_Tails_AreAccurate()
    {
        // Abramowitz and Stegun table 26.1, and exact complements.
        Assert.Equal(0.97724986805182079, NormalDistribution.Cumulative(2), 1e-16);
        Assert.Equal(6.2209605742717841e-16, NormalDistribution.Cumulative(-8), 1e-28);
        Assert.Equal(1.9599639845400545, NormalDistribution.Quantile(0.975), 1e-14);
        Assert.Equal(-6.3613409024040557, NormalDistribution.Quantile(1e-10), 1e-13);
    }
}
