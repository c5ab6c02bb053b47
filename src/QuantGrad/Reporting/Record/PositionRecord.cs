using CsvHelper;

namespace QuantGrad.Reporting.Record;

/// <summary>
/// <c>positions.csv</c> as the page needs it: what is held by date and by symbol. The file is the longest of the folder (dates × symbols rows),
/// so it is read by bytes and summed on the way.
/// </summary>
internal sealed class PositionRecord
{
    private readonly List<DateTime> dates = [];
    private readonly List<double> gross = [], net = [], longs = [], shorts = [];
    private readonly Dictionary<string, SymbolWeights> symbols = new(StringComparer.Ordinal);

    /// <summary>Dates of decisions.</summary>
    public DateTime[] Dates => [.. dates];

    /// <summary>Σ|w| a date.</summary>
    public double[] GrossExposure => [.. gross];

    /// <summary>Σw a date.</summary>
    public double[] NetExposure => [.. net];

    /// <summary>Σ of the weights above 0.</summary>
    public double[] LongExposure => [.. longs];

    /// <summary>Σ of the weights below 0.</summary>
    public double[] ShortExposure => [.. shorts];

    /// <summary>The symbols, in ordinal order.</summary>
    public IEnumerable<(string Symbol, SymbolWeights Weights)> Symbols => symbols.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value));

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UsageException">The file is damaged.</exception>
    public static PositionRecord Read(string path)
    {
        var record = new PositionRecord();
        try
        {
            using var reader = CsvReader.FromFile(path, CsvReaderOptions.Default with { PoolStrings = true });
            reader.ReadHeader();
            var (date, symbol, weight) = (reader.GetFieldIndex("date"), reader.GetFieldIndex("symbol"), reader.GetFieldIndex("weight"));
            byte[] current = [];
            while (reader.Read())
            {
                if (!reader.GetSpan(date).SequenceEqual(current))
                {
                    current = reader.GetSpan(date).ToArray();
                    record.Begin(reader.GetString(date));
                }

                record.Add(CsvText.Read(reader.GetString(symbol)), reader.IsEmpty(weight) ? 0 : reader.Parse<double>(weight));
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CsvFormatException or ArgumentException or FormatException or InvalidOperationException)
        {
            throw new UsageException($"{path}: cannot be read ({fault.Message}); run the strategy again, or give another run's folder.", fault);
        }

        return record;
    }

    private void Begin(string date)
    {
        dates.Add(DateTime.Parse(date, System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal));
        gross.Add(0);
        net.Add(0);
        longs.Add(0);
        shorts.Add(0);
    }

    private void Add(string symbol, double weight)
    {
        var row = dates.Count - 1;
        gross[row] += Math.Abs(weight);
        net[row] += weight;
        if (weight > 0) longs[row] += weight;
        else shorts[row] += weight;
        if (!symbols.TryGetValue(symbol, out var held)) symbols[symbol] = held = new SymbolWeights();
        held.Add(weight);
    }
}

/// <summary>How a symbol was held, over the dates on which it had a position row.</summary>
internal sealed class SymbolWeights
{
    private double sum, absolute;

    /// <summary>Rows of the symbol.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows with a weight above 0.</summary>
    public int Long { get; private set; }

    /// <summary>Rows with a weight below 0.</summary>
    public int Short { get; private set; }

    /// <summary>Mean weight.</summary>
    public double Mean => sum / Rows;

    /// <summary>Mean |weight|.</summary>
    public double MeanAbsolute => absolute / Rows;

    /// <summary>Counts a row.</summary>
    public void Add(double weight)
    {
        Rows++;
        sum += weight;
        absolute += Math.Abs(weight);
        if (weight > 0) Long++;
        else if (weight < 0) Short++;
    }
}
