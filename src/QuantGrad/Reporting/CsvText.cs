namespace QuantGrad.Reporting;

/// <summary>Text cells of CSV files.</summary>
public static class CsvText
{
    /// <summary>
    /// A text cell: prefixed with <c>'</c> where a spreadsheet would read a formula (<c>= + - @</c>, tab, carriage return), quoted where it holds a separator,
    /// a quote or a line break.
    /// </summary>
    public static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>The text that <see cref="Cell"/> was given, of a cell whose quotes are already taken off.</summary>
    public static string Read(string cell) => cell.Length > 1 && cell[0] == '\'' && cell[1] is '=' or '+' or '-' or '@' or '\t' or '\r' ? cell[1..] : cell;
}
