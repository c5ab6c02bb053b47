using System.Globalization;
using System.Text;
using System.Text.Json;

namespace QuantGrad.Metrics.Checking;

/// <summary>Whether a Sharpe ratio can be believed, in figures and in words.</summary>
public sealed class SharpeCheck
{
    private readonly ReturnsFile file;
    private readonly MetricOptions options;
    private readonly double minimum;
    private readonly MetricSet figures;

    /// <summary>Judges a series.</summary>
    /// <param name="file">The returns.</param>
    /// <param name="options">Periods a year, trials, benchmark and seed.</param>
    /// <param name="minimumDsr">The DSR from which the ratio is believed, in (0, 1).</param>
    public SharpeCheck(ReturnsFile file, MetricOptions options, double minimumDsr)
    {
        (this.file, this.options, minimum) = (file, options, minimumDsr);
        figures = MetricSet.Compute(new ReturnSeries(file.Dates, file.Returns), options);
        IsBelievable = this["dsr"] is { IsDefined: true } dsr && dsr.Value >= minimum && figures["sharpe_ci_95"].Reason is null;
        Verdict = Judge();
    }

    /// <summary>Whether the DSR is defined and reaches the level, on returns enough for an interval.</summary>
    public bool IsBelievable { get; }

    /// <summary>The judgement and its reasons in a few sentences.</summary>
    public string Verdict { get; }

    private MetricValue this[string name] => figures[name].Value;

    /// <summary>The figures and the verdict as lines for a terminal.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        var interval = figures["sharpe_ci_95"];
        var span = file.Dates is { Length: > 0 } dates ? string.Create(CultureInfo.InvariantCulture, $", {dates[0]:yyyy-MM-dd} to {dates[^1]:yyyy-MM-dd}") : "";
        var column = file.Column.Length > 0 ? ", column " + file.Column : "";
        var trials = options.Trials == 1 ? "1 trial" : Count(options.Trials) + " trials";
        text.Append(CultureInfo.InvariantCulture, $"{file.Name}{column}: {Count(file.Returns.Length)} returns{span}, {options.PeriodsPerYear:0.##} a year, {trials}\n\n");
        Line("Sharpe ratio", "sharpe", "a year; 95% interval " + (interval.Reason is { } reason ? $"n/a ({reason})" : $"{Number(interval.Value.Value)} to {Number(interval.Upper!.Value.Value)}"));
        Line("  risk", "volatility", $"volatility a year; deepest drawdown {Show("max_drawdown")}");
        Line("  shape", "skew", $"skew; kurtosis {Show("kurtosis")} (normal returns: 0 and 3)");
        Line("  autocorrelation", "autocorrelation_1", $"of one bar; Lo's annual Sharpe ratio {Show("sharpe_lo")}, HAC t of the mean {Show("hac_t")}");
        Line("PSR", "psr", $"probability that the true Sharpe ratio is above {Number(options.BenchmarkSharpe)}");
        Line("Luck", "expected_max_sharpe", options.Trials == 1 ? "one trial: there was no choice to be lucky in" : $"Sharpe ratio to expect of the best of {trials} without skill");
        Line("DSR", "dsr", "probability that the true Sharpe ratio is above that luck" + (options.BenchmarkSharpe == 0 ? "" : $" on top of {Number(options.BenchmarkSharpe)}"));
        Line("Minimum track record", "min_track_record_years", $"years to be sure at 95%; there are {Show("years")}");
        Line("Minimum backtest", "min_backtest_years", "years; in a shorter one that many trials show this ratio by luck");
        foreach (var note in file.Notes) text.Append("Note: ").Append(note).Append('\n');
        return text.Append('\n').Append(Verdict).Append('\n').ToString();

        void Line(string label, string name, string words) =>
            text.Append(label.PadRight(22)).Append((this[name].IsDefined ? Number(this[name].Value) : "n/a").PadLeft(7))
                .Append("  ").Append(this[name].Reason ?? words).Append('\n');
    }

    /// <summary>The same as one JSON object.</summary>
    /// <param name="writer">Stands where a value may begin.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("source", file.Name);
        writer.WriteString("column", file.Column);
        writer.WriteNumber("periods_per_year", options.PeriodsPerYear);
        writer.WriteNumber("min_dsr", minimum);
        writer.WriteBoolean("believable", IsBelievable);
        writer.WriteString("verdict", Verdict);
        writer.WriteStartArray("notes");
        foreach (var note in file.Notes) writer.WriteStringValue(note);
        writer.WriteEndArray();
        writer.WritePropertyName("metrics");
        figures.WriteTo(writer);
        writer.WriteEndObject();
    }

    private string Judge()
    {
        var sharpe = this["sharpe"];
        if (!sharpe.IsDefined) return $"Verdict: cannot be judged. The Sharpe ratio is undefined: {sharpe.Reason}.";
        var interval = figures["sharpe_ci_95"];
        if (interval.Reason is not null) return $"Verdict: cannot be judged. The interval of the Sharpe ratio is undefined: {interval.Reason}.";
        var reasons = new List<string>();
        if (sharpe.Value <= options.BenchmarkSharpe) reasons.Add($"the ratio is not above {Number(options.BenchmarkSharpe)}");
        if (interval.Value.Value <= options.BenchmarkSharpe && sharpe.Value > options.BenchmarkSharpe) reasons.Add($"its 95% interval holds {Number(options.BenchmarkSharpe)}");
        var needed = this["min_track_record_years"];
        var (years, luck) = (this["years"].Value, this["expected_max_sharpe"].Value + options.BenchmarkSharpe);
        if (needed.IsDefined && needed.Value > years) reasons.Add($"{Number(needed.Value)} years are needed and there are {Number(years)}");
        if (options.Trials > 1 && sharpe.Value <= luck)
            reasons.Add($"the best of {Count(options.Trials)} trials {(options.BenchmarkSharpe == 0 ? "without any skill" : $"no better than {Number(options.BenchmarkSharpe)}")} would be expected to show {Number(luck)}");
        var because = reasons.Count == 0 ? "" : $" Against it: {string.Join("; ", reasons)}.";
        var (judgement, against) = IsBelievable ? ("can be believed", "at least") : ("cannot be believed", "below");
        return $"Verdict: {judgement}. The probability that skill stands behind it is {Number(this["dsr"].Value)}, {against} the {Number(minimum)} asked for.{because}";
    }

    private string Show(string name) => this[name].IsDefined ? Number(this[name].Value) : $"n/a ({figures[name].Reason})";

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // A probability close to 1 keeps the digits that matter.
    private static string Number(double value) =>
        value.ToString(value is >= 0.995 and < 1 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);
}
