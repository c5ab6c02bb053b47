using QuantGrad.MarketData;

namespace QuantGrad.Auditing;

/// <summary>Gathers findings, the first of each kind and name, and compares arrays bit for bit.</summary>
internal sealed class FindingList
{
    private readonly Dictionary<(string Code, string What), AuditFinding> found = [];

    /// <summary>The findings in the order found.</summary>
    public IReadOnlyList<AuditFinding> All => [.. found.Values];

    /// <summary>Adds a finding unless one of its kind and name is there.</summary>
    public void Add(AuditFinding finding) => found.TryAdd((finding.Code, finding.What), finding);

    /// <summary>Compares the first steps of two time-major arrays <c>[T, A]</c>, value by value, by their bits.</summary>
    /// <param name="code">Code of a finding.</param>
    /// <param name="what">Name of what is compared.</param>
    /// <param name="panel">Gives dates and symbols.</param>
    /// <param name="firstStep">The calendar's index of the arrays' first step.</param>
    /// <param name="steps">How many steps to compare.</param>
    /// <param name="before">Value of a (step, asset) as it was.</param>
    /// <param name="after">The same with the future altered.</param>
    /// <param name="alteration">What was altered, in words.</param>
    /// <param name="cause">The likely cause.</param>
    public void Compare(
        string code, string what, Panel panel, int firstStep, int steps, Func<int, int, double> before, Func<int, int, double> after, string alteration, string cause)
    {
        double largest = 0;
        (int Step, int Asset)? first = null;
        for (var step = 0; step < steps; step++)
        {
            for (var asset = 0; asset < panel.Assets; asset++)
            {
                var size = Difference(before(step, asset), after(step, asset));
                if (size == 0) continue;
                first ??= (step, asset);
                largest = Math.Max(largest, size);
            }
        }

        if (first is { } place) Add(new AuditFinding(code, what, panel.Symbols[place.Asset], panel.Dates[firstStep + place.Step], largest, alteration, cause));
    }

    /// <summary>Compares two arrays by their bits; the finding names no symbol.</summary>
    public void Compare(string code, string what, DateTime date, ReadOnlySpan<double> before, ReadOnlySpan<double> after, string alteration, string cause)
    {
        double largest = before.Length == after.Length ? 0 : double.PositiveInfinity;
        for (var i = 0; i < Math.Min(before.Length, after.Length); i++) largest = Math.Max(largest, Difference(before[i], after[i]));
        if (largest > 0) Add(new AuditFinding(code, what, null, date, largest, alteration, cause));
    }

    /// <summary>0 where the bits agree (any NaN agrees with any NaN), infinite where only one is a number, else the distance, at least the smallest number.</summary>
    private static double Difference(double before, double after)
    {
        if (BitConverter.DoubleToInt64Bits(before) == BitConverter.DoubleToInt64Bits(after) || (double.IsNaN(before) && double.IsNaN(after))) return 0;
        return double.IsNaN(before) || double.IsNaN(after) ? double.PositiveInfinity : Math.Max(Math.Abs(before - after), double.Epsilon);
    }
}
