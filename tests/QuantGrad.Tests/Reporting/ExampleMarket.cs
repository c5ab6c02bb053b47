using QuantGrad.Autodiff;

namespace QuantGrad.Tests.Reporting;

/// <summary>A made-up market with one common factor and slow drifts that a trend follower can partly see; and the plain books of any weights on it.</summary>
internal sealed class ExampleMarket
{
    public const double CostFraction = 3e-4;

    public ExampleMarket(int days, int assets, ulong seed)
    {
        var random = new RandomStream(seed);
        Dates = new DateTime[days];
        Returns = new double[days][];
        var day = new DateTime(1993, 1, 4, 0, 0, 0, DateTimeKind.Utc);
        var drift = new double[assets];
        var stress = 1.0;
        for (var t = 0; t < days; t++)
        {
            while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) day = day.AddDays(1);
            Dates[t] = day;
            day = day.AddDays(1);
            stress = Math.Max(0.6, stress + 0.02 * (1 - stress) + 0.03 * random.NextNormal() + (random.NextUniform() < 0.0012 ? 1.8 : 0));
            var market = 0.0003 + 0.0075 * stress * random.NextNormal() - (stress > 2 ? 0.0012 : 0);
            Returns[t] = new double[assets];
            for (var a = 0; a < assets; a++)
            {
                drift[a] = 0.985 * drift[a] + 0.00018 * random.NextNormal();
                Returns[t][a] = drift[a] + (0.6 + 0.8 * a / assets) * market + 0.011 * stress * random.NextNormal();
            }
        }
    }

    public DateTime[] Dates { get; }

    public double[][] Returns { get; }

    public int Assets => Returns[0].Length;

    /// <summary>Row t+1: gross, cost, net, turnover of the weights decided at t (CONTRACT §5, fill: close), from <paramref name="first"/> on.</summary>
    public (double Gross, double Cost, double Net, double Turnover)[] Books(double[][] weights, int first)
    {
        var rows = new List<(double, double, double, double)>();
        var held = new double[Assets];
        for (var t = first; t + 1 < Dates.Length; t++)
        {
            double turnover = 0, gross = 0;
            for (var a = 0; a < Assets; a++)
            {
                turnover += Math.Abs(weights[t][a] - held[a]);
                gross += weights[t][a] * Returns[t + 1][a];
            }

            var cost = CostFraction * turnover;
            for (var a = 0; a < Assets; a++) held[a] = weights[t][a] * (1 + Returns[t + 1][a]) / (1 + gross - cost);
            rows.Add((gross, cost, gross - cost, turnover));
        }

        return [.. rows];
    }

    public double[][] Weights(Func<int, int, double> of) => [.. Enumerable.Range(0, Dates.Length).Select(t => Enumerable.Range(0, Assets).Select(a => of(t, a)).ToArray())];

    /// <summary>Sum of the last <paramref name="days"/> returns over their scale.</summary>
    public double Trend(int t, int a, int days)
    {
        double sum = 0, squares = 1e-9;
        for (var s = Math.Max(0, t - days + 1); s <= t; s++)
        {
            sum += Returns[s][a];
            squares += Returns[s][a] * Returns[s][a];
        }

        return sum / Math.Sqrt(squares);
    }
}
