using System.Globalization;
using System.Text.Json;
using QuantGrad.Exporting;
using QuantGrad.MarketData;
using QuantGrad.Serving.Repository;

namespace QuantGrad.Serving.Signals;

/// <summary>The positions of one date, and what should be known about them.</summary>
/// <param name="Version">The model.</param>
/// <param name="Date">The date that the positions are for.</param>
/// <param name="Rows">A row a symbol.</param>
/// <param name="Warnings">Never silently nothing: why a position may not mean what it says.</param>
internal sealed record SignalReport(ModelVersion Version, DateTime Date, IReadOnlyList<SignalRow> Rows, IReadOnlyList<SignalWarning> Warnings)
{
    private const int StaleBars = 5;

    /// <summary>Judges rows.</summary>
    /// <param name="version">The model.</param>
    /// <param name="date">The date.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="features">The graph's inputs of the date, <c>[A, F]</c>.</param>
    /// <param name="defects">What the bars' checks found and repaired.</param>
    /// <param name="now">The clock.</param>
    public static SignalReport Of(ModelVersion version, DateTime date, SignalRow[] rows, ReadOnlySpan<double> features, IReadOnlyList<Defect> defects, DateTime now)
    {
        var manifest = version.Bundle!.Manifest;
        var warnings = new List<SignalWarning>();
        if (date < manifest.Window.NotBefore) warnings.Add(new("seen", null, $"{Text(date)} is before {Text(manifest.Window.NotBefore)}: the model was trained on that time, its position is hindsight"));
        if (date > manifest.Window.Expires) warnings.Add(new("expired", null, $"the model was meant for dates up to {Text(manifest.Window.Expires.Value)}"));
        if (now - date > StaleBars * TimeSpan.FromSeconds(manifest.Market.BarSeconds)) warnings.Add(new("stale_bar", null, $"the newest bar is of {Text(date)}, more than {StaleBars} bars ago"));
        foreach (var defect in defects) warnings.Add(new("defect", defect.Symbol.Length > 0 ? defect.Symbol : null, defect.ToString()));
        if (MissingSymbols.Of(manifest.Market.Symbols, [.. rows.Select(row => row.Symbol)]) is { } missing) warnings.Add(new("missing_symbol", null, missing));
        for (var asset = 0; asset < rows.Length; asset++)
        {
            var row = rows[asset];
            if (row.LastBar < date) warnings.Add(new("stale_bar", row.Symbol, $"the newest bar is of {Text(row.LastBar)}; there is no position for {Text(date)}"));
            if (row.Bars < manifest.HistoryBars) warnings.Add(new("history_short", row.Symbol, FormattableString.Invariant($"{row.Bars} bars; {manifest.HistoryBars} are needed to agree with the backtest to 1e-6")));
            if (!manifest.Market.Symbols.Contains(row.Symbol, StringComparer.Ordinal)) warnings.Add(new("unknown_symbol", row.Symbol, "not among the symbols that the model was trained on"));
            if (float.IsNaN(row.Signal)) continue;
            for (var feature = 0; feature < manifest.Features.Count; feature++)
            {
                var (known, value) = (manifest.Features[feature], features[(asset * manifest.Features.Count) + feature]);
                if (value < known.Minimum || value > known.Maximum)
                    warnings.Add(new("drift", row.Symbol, FormattableString.Invariant($"{known.Name} is {value:G5}; in training it was between {known.Minimum:G5} and {known.Maximum:G5}")));
            }
        }

        return new SignalReport(version, date, rows, warnings);
    }

    /// <summary>Writes the members of the answer.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("model_name", Version.Name);
        json.WriteString("model_version", Version.Version);
        json.WriteString("date", Text(Date));
        json.WriteStartArray("positions");
        foreach (var row in Rows)
        {
            json.WriteStartObject();
            json.WriteString("symbol", row.Symbol);
            if (float.IsNaN(row.Signal))
            {
                json.WriteNull("signal");
                json.WriteNull("weight");
            }
            else
            {
                json.WriteNumber("signal", row.Signal);
                json.WriteNumber("weight", row.Weight);
            }

            json.WriteNumber("bars", row.Bars);
            json.WriteString("last_bar", Text(row.LastBar));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("warnings");
        foreach (var warning in Warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code);
            if (warning.Symbol is not null) json.WriteString("symbol", warning.Symbol);
            json.WriteString("message", warning.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A bar's time as in every file.</summary>
    public static string Text(DateTime time) => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
