using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace QuantGrad.Serving.Operations;

/// <summary>Logs as one JSON object a line: time, level, where from, the message, and the message's values under their names.</summary>
/// <param name="output">Where lines go.</param>
/// <param name="time">The clock.</param>
public sealed class JsonLines(TextWriter output, TimeProvider time) : ILoggerProvider
{
    private readonly Lock gate = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Log(this, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Write(LogLevel level, string category, string message, IEnumerable<KeyValuePair<string, object?>> values, Exception? exception)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow());
            json.WriteString("level", level.ToString().ToLowerInvariant());
            json.WriteString("from", category);
            json.WriteString("message", message);
            foreach (var (key, value) in values)
            {
                if (key == "{OriginalFormat}") continue;
                var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(key);
                if (value is int or long) json.WriteNumber(name, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                else if (value is double number && double.IsFinite(number)) json.WriteNumber(name, number);
                else json.WriteString(name, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
            }

            if (exception is not null) json.WriteString("exception", exception.ToString());
            json.WriteEndObject();
        }

        lock (gate) output.WriteLine(Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
    }

    private sealed class Log(JsonLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= (category.StartsWith("Microsoft.", StringComparison.Ordinal) ? LogLevel.Warning : LogLevel.Information);

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) lines.Write(logLevel, category, formatter(state, exception), state as IEnumerable<KeyValuePair<string, object?>> ?? [], exception);
        }
    }
}
