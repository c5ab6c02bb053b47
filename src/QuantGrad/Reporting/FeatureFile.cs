using System.Globalization;
using QuantGrad.Features;
using QuantGrad.MarketData;

namespace QuantGrad.Reporting;

/// <summary>Feature values as CSV.</summary>
public static class FeatureFile
{
    /// <summary>Writes <c>date,symbol,&lt;feature&gt;…</c>: a row for each bar of each symbol, an undefined value as an empty cell.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="panel">The dates and symbols.</param>
    /// <param name="table">The values.</param>
    /// <param name="withSymbol">Whether the column <c>symbol</c> is written.</param>
    public static void Write(TextWriter output, Panel panel, FeatureTable table, bool withSymbol = true)
    {
        output.Write($"date{(withSymbol ? ",symbol" : "")},{string.Join(',', table.Names.Select(CsvText.Cell))}\n");
        var dates = RunFiles.Dates(panel.Dates);
        Span<char> number = stackalloc char[32];
        for (var step = 0; step < panel.Steps; step++)
        {
            var date = dates(panel.Dates[step]);
            for (var asset = 0; asset < panel.Assets; asset++)
            {
                if (!panel.HasBar(step, asset)) continue;
                output.Write(date);
                if (withSymbol)
                {
                    output.Write(',');
                    output.Write(CsvText.Cell(panel.Symbols[asset]));
                }
                foreach (var value in table.Row(step, asset))
                {
                    output.Write(',');
                    if (double.IsNaN(value)) continue;
                    value.TryFormat(number, out var length, "R", CultureInfo.InvariantCulture);
                    output.Write(number[..length]);
                }
                output.Write('\n');
            }
        }
    }

    /// <summary>Publishes the same as a file.</summary>
    public static void WriteTo(string path, Panel panel, FeatureTable table, bool withSymbol = true) => PublishedFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        Write(writer, panel, table, withSymbol);
    });
}
