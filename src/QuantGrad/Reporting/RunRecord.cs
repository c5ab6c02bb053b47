using System.Buffers;
using System.Globalization;
using System.Text.Json;
using QuantGrad.Exporting;
using QuantGrad.WalkForward;

namespace QuantGrad.Reporting;

/// <summary><c>run.json</c>: what was run, on what, by which program and machine, and how far it is.</summary>
/// <param name="Id">The run's name among its strategy's runs.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Threads">Threads it was given.</param>
/// <param name="Started">When it began.</param>
internal sealed record RunRecord(string Id, string Version, int Threads, DateTimeOffset Started)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "run.json";

    /// <summary>Writes the record.</summary>
    /// <param name="market">Strategy, data and folds.</param>
    /// <param name="store">Tells which units are finished.</param>
    /// <param name="ended">When the run ended; null while it is not complete.</param>
    public byte[] Write(Preparation market, UnitStore store, DateTimeOffset? ended)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, MetricsJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("id", Id);
            json.WriteString("state", ended is null ? "incomplete" : "complete");
            json.WriteString("name", market.Strategy.Name);
            json.WriteString("version", Version);
            json.WriteNumber("seed", market.Strategy.Seed);
            json.WriteString("strategy_sha256", market.Strategy.Hash());
            json.WriteString("data_sha256", market.Data.Sha256);
            json.WriteString("started", Time(Started));
            if (ended is { } end) json.WriteString("ended", Time(end));
            else json.WriteNull("ended");
            WriteMachine(json);
            WriteData(json, market);
            json.WritePropertyName("strategy");
            json.WriteRawValue(market.Strategy.ToCanonicalJson());
            WriteFolds(json, market, store);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static void WriteData(Utf8JsonWriter json, Preparation market)
    {
        json.WriteStartObject("data");
        json.WriteStartArray("symbols");
        foreach (var symbol in market.Data.Panel.Symbols) json.WriteStringValue(symbol);
        json.WriteEndArray();
        var date = RunFiles.Dates(market.Data.Panel.Dates);
        json.WriteString("first", date(market.Data.Panel.Dates[0]));
        json.WriteString("last", date(market.Data.Panel.Dates[^1]));
        json.WriteNumber("bars", market.Data.Panel.Steps);
        json.WriteString("bar_interval", market.Data.BarInterval.ToString("c", CultureInfo.InvariantCulture));
        json.WriteNumber("periods_per_year", market.PeriodsPerYear);
        json.WriteString("fill", StrategyTerms.Word(market.Fill));
        json.WriteStartArray("defects");
        foreach (var defect in market.Data.Defects) json.WriteStringValue(defect.ToString());
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFolds(Utf8JsonWriter json, Preparation market, UnitStore store)
    {
        json.WriteStartArray("folds");
        foreach (var fold in market.Folds)
        {
            var done = Enumerable.Range(0, market.Strategy.Training.Seeds).Count(seed => File.Exists(store.PathOf(fold.Index, seed)));
            json.WriteStartObject();
            json.WriteNumber("fold", fold.Index);
            json.WriteString("state", done == market.Strategy.Training.Seeds ? "trained" : "pending");
            json.WriteNumber("units_done", done);
            json.WriteNumber("units", market.Strategy.Training.Seeds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteMachine(Utf8JsonWriter json)
    {
        json.WriteStartObject("machine");
        json.WriteString("os", System.Runtime.InteropServices.RuntimeInformation.OSDescription);
        json.WriteString("architecture", System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString());
        json.WriteString("runtime", System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription);
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteNumber("threads", Threads);
        json.WriteEndObject();
    }
}
