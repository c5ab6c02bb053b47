using System.Globalization;
using QuantGrad.Exporting;

namespace QuantGrad.Reporting;

/// <summary>Positions of an exported model as CSV, in the columns of a run's <c>positions.csv</c>.</summary>
public static class PredictedPositions
{
    /// <summary>Writes <c>date,symbol,fold,signal,weight</c>: a row a symbol that was decided on.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="positions">The positions.</param>
    /// <param name="fold">The model's fold.</param>
    public static void Write(TextWriter output, Predictions positions, int fold)
    {
        output.Write("date,symbol,fold,signal,weight\n");
        var panel = positions.Panel;
        var date = RunFiles.Dates(panel.Dates);
        for (var step = positions.First; step < panel.Steps; step++)
        {
            for (var asset = 0; asset < panel.Assets; asset++)
            {
                var at = positions.At(step, asset);
                if (float.IsNaN(positions.Signals[at])) continue;
                output.Write(string.Create(CultureInfo.InvariantCulture, $"{date(panel.Dates[step])},{CsvText.Cell(panel.Symbols[asset])},{fold},{positions.Signals[at]:R},{positions.Weights[at]:R}\n"));
            }
        }
    }
}
