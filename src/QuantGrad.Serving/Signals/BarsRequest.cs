using System.Globalization;
using System.Text.Json;
using QuantGrad.MarketData;
using QuantGrad.Serving.Protocol;
using QuantGrad.Serving.Repository;

namespace QuantGrad.Serving.Signals;

/// <summary>Bars of a request, as JSON or as CSV of any layout that price files have.</summary>
/// <param name="settings">The limits.</param>
internal sealed class BarsRequest(ServerSettings settings)
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="contentType">CSV where it says so, else JSON.</param>
    /// <param name="version">The model: the bars of a CSV without symbols are of its only one.</param>
    /// <exception cref="RequestException">It is not what is expected; says which symbol and bar.</exception>
    public PostedBars Read(ReadOnlySpan<byte> body, string? contentType, ModelVersion version)
    {
        try
        {
            var posted = contentType?.Contains("csv", StringComparison.OrdinalIgnoreCase) == true ? PostedBars.FromCsv(body, "bars", version.Bundle!.Manifest.Market.Symbols) : ReadJson(body);
            var panel = posted.Panel;
            if (panel.Steps == 0) throw RequestException.Invalid("the request holds no bars");
            if ((long)panel.Steps * panel.Assets > 4L * settings.MaxBars) throw RequestException.Invalid($"dates times symbols are more than {4L * settings.MaxBars}");
            return posted;
        }
        catch (PriceDataException refused)
        {
            throw RequestException.Invalid(refused.Message);
        }
        catch (JsonException failure)
        {
            throw JsonReading.NotJson(failure);
        }
        catch (InvalidOperationException)
        {
            throw RequestException.Invalid("the body holds text that is not valid Unicode");
        }
    }

    private PostedBars ReadJson(ReadOnlySpan<byte> body)
    {
        var reader = JsonReading.Open(body);
        reader.Read();
        JsonReading.Expect(ref reader, JsonTokenType.StartObject, "the body");
        var series = new Dictionary<string, BarSeries>(StringComparer.Ordinal);
        var (seen, count, log) = (0, 0, new DefectLog());
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("bars"u8)) throw JsonReading.UnknownKey(ref reader, "the request", "bars");
            JsonReading.Once(ref seen, 0, "bars");
            reader.Read();
            JsonReading.Expect(ref reader, JsonTokenType.StartObject, "bars");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var symbol = reader.GetString()!;
                if (symbol.Length is 0 or > 64 || symbol.Any(char.IsControl)) throw RequestException.Invalid("a symbol has 1 to 64 characters, none of them a control character");
                var bars = new BarSeries(symbol, BarSource.Numbered("bars"), hasOpenHighLow: true, hasVolume: true);
                if (!series.TryAdd(symbol, bars)) throw RequestException.Invalid($"the symbol '{RequestException.Shown(symbol)}' stands twice");
                reader.Read();
                JsonReading.Expect(ref reader, JsonTokenType.StartArray, $"the bars of '{RequestException.Shown(symbol)}'");
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (++count > settings.MaxBars) throw RequestException.Invalid($"more than {settings.MaxBars} bars");
                    ReadBar(ref reader, bars);
                }
            }
        }

        if (seen == 0) throw RequestException.Invalid("the request has no bars");
        if (reader.Read()) throw RequestException.Invalid("the body goes on after its JSON object");
        return PostedBars.Align([.. series.Values], log);
    }

    private static void ReadBar(ref Utf8JsonReader reader, BarSeries bars)
    {
        var what = $"bar {bars.Count + 1} of '{RequestException.Shown(bars.Symbol)}'";
        JsonReading.Expect(ref reader, JsonTokenType.StartObject, what);
        var (seen, time) = (0, default(DateTime));
        var (open, high, low, close, volume) = (double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("date"u8))
            {
                JsonReading.Once(ref seen, 0, "date");
                reader.Read();
                var text = JsonReading.Text(ref reader, $"date of {what}");
                if (!DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time))
                    throw RequestException.Invalid($"date of {what} is '{RequestException.Shown(text)}'; expected 2024-03-28 or 2024-03-28T15:30:00Z");
            }
            else if (reader.ValueTextEquals("open"u8)) open = Number(ref reader, ref seen, 1, "open", what);
            else if (reader.ValueTextEquals("high"u8)) high = Number(ref reader, ref seen, 2, "high", what);
            else if (reader.ValueTextEquals("low"u8)) low = Number(ref reader, ref seen, 3, "low", what);
            else if (reader.ValueTextEquals("close"u8)) close = Number(ref reader, ref seen, 4, "close", what);
            else if (reader.ValueTextEquals("volume"u8)) volume = Number(ref reader, ref seen, 5, "volume", what);
            else throw JsonReading.UnknownKey(ref reader, "a bar", "date", "open", "high", "low", "close", "volume");
        }

        if ((seen & 1) == 0 || double.IsNaN(close)) throw RequestException.Invalid($"{what} needs date and close");
        bars.Add(time.Ticks, bars.Count + 1, open, high, low, close, volume);
    }

    private static double Number(ref Utf8JsonReader reader, ref int seen, int bit, string key, string what)
    {
        JsonReading.Once(ref seen, bit, key);
        reader.Read();
        return reader.TokenType == JsonTokenType.Null && key != "close" ? double.NaN : JsonReading.Double(ref reader, $"{key} of {what}");
    }
}
