using System.Text;
using CsvHelper;

namespace QuantGrad.MarketData;

/// <summary>Finds out how a price file is laid out, from its header (or the absence of one) and its cells.</summary>
internal static class FormatDetector
{
    private const int SampleBytes = 1 << 14;
    private static readonly char[] Separators = ['\t', ';', '|', ','];

    /// <summary>The layout, or null where it is none of prices; the reason is then in <paramref name="log"/>.</summary>
    internal static PriceFormat? Detect(PriceText text, DefectLog log)
    {
        var content = text.Utf8.AsSpan();
        if (content.Trim(" \t\r\n"u8).Length == 0)
        {
            log.Add(DefectCodes.NoBars, new BarPlace(text.Path, 0), "the file is empty; expected a header and at least one bar.");
            return null;
        }

        if (Refusal(content) is { } refusal)
        {
            log.Add(DefectCodes.NotPrices, new BarPlace(text.Path, 1), refusal);
            return null;
        }

        var separator = SeparatorOf(content[..Math.Min(content.Length, SampleBytes)]);
        if (separator == '\0')
        {
            log.Add(DefectCodes.UnknownLayout, new BarPlace(text.Path, 1), $"no separator was found in '{Excerpt(content)}'; expected cells divided by comma, semicolon, tab or |.");
            return null;
        }

        var rows = Rows(text.Utf8.AsMemory(), separator, SampleBytes);
        var hasHeader = !new FormatEvidence().AddDate(rows[0][0]) && !rows[0].All(cell => NumberText.TryParse(Encoding.UTF8.GetBytes(cell), NumberStyle.Invariant, out _));
        var body = hasHeader ? rows.Skip(1).ToList() : rows;
        if (body.Count == 0)
        {
            log.Add(DefectCodes.NoBars, new BarPlace(text.Path, 1), "the file has a header but no bar below it.");
            return null;
        }

        // The end of a long file is looked at too: epoch units and date forms change where files were joined.
        if (text.Utf8.Length > 2 * SampleBytes) body.AddRange(Rows(text.Utf8.AsMemory(text.Utf8.Length - SampleBytes), separator, SampleBytes).Skip(1));
        var layout = hasHeader ? LayoutNames.OfHeader(rows[0], body) : LayoutNames.WithoutHeader(body);
        if (layout.Problem is { } problem)
        {
            log.Add(DefectCodes.UnknownLayout, new BarPlace(text.Path, 1), problem);
            return null;
        }

        var evidence = Evidence(body, layout.Columns);
        var isComplete = text.Utf8.Length <= SampleBytes;
        if (!isComplete && (evidence.WantsMoreDates || separator != ',' || content.Contains((byte)'"')))
            evidence = Evidence(Rows(text.Utf8.AsMemory(), separator, int.MaxValue).Skip(hasHeader ? 1 : 0), layout.Columns);
        if (!evidence.HasDates)
        {
            var date = Array.IndexOf(layout.Columns, PriceColumn.Date);
            log.Add(DefectCodes.BadDate, new BarPlace(text.Path, hasHeader ? 2 : 1), $"'{(date < body[0].Length ? body[0][date] : "")}' is not a date; expected one such as 2024-03-28.");
            return null;
        }

        if (evidence.IsAmbiguous)
            log.Add(DefectCodes.AmbiguousDate, new BarPlace(text.Path, 0), "every date can be read day first and month first; they are read month first.");
        if (evidence.HasMixedEpochs)
            log.Add(DefectCodes.MixedEpochUnit, new BarPlace(text.Path), "the epoch's unit changes inside the file (Binance: microseconds from 2025 on); each stamp is read in its own.");
        return new PriceFormat(
            layout.Source, layout.Shape, separator, hasHeader ? rows[0] : [], layout.Columns, evidence.Dates(), evidence.Numbers(separator),
            layout.PriceDivisor, layout.StampsOpen, text.Compression, text.Encoding);
    }

    private static FormatEvidence Evidence(IEnumerable<string[]> rows, PriceColumn[] columns)
    {
        var evidence = new FormatEvidence();
        foreach (var row in rows)
        {
            for (var i = 0; i < Math.Min(row.Length, columns.Length); i++)
            {
                if (columns[i] == PriceColumn.Date) evidence.AddDate(row[i]);
                else if (columns[i] >= PriceColumn.Open && !NumberText.IsNull(Encoding.UTF8.GetBytes(row[i]))) evidence.AddNumber(row[i], i);
            }
        }

        return evidence;
    }

    private static string? Refusal(ReadOnlySpan<byte> content)
    {
        var start = Encoding.UTF8.GetString(content[..Math.Min(content.Length, 300)]).TrimStart();
        bool Starts(string prefix) => start.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
        if (Starts("<!doctype") || Starts("<html") || Starts("<head") || Starts("<body") || Starts("<?xml"))
            return $"the file is a web page, not prices: '{Excerpt(content)}'. Fetch it again.";
        if (start[0] is '{' or '[') return $"the file is JSON, not CSV; it says '{Excerpt(content)}'.";
        if (Starts("No data") || Starts("Exceeded the daily hits limit") || Starts("Access denied") || Starts("Error"))
            return $"the file holds the vendor's refusal '{Excerpt(content)}' instead of prices. Fetch it again.";
        return null;
    }

    private static string Excerpt(ReadOnlySpan<byte> content)
    {
        var line = Encoding.UTF8.GetString(content[..Math.Min(content.Length, 80)]);
        return line.Split('\n')[0].Trim();
    }

    /// <summary>The separator that gives all sampled lines the same number of cells, outside quotes; a comma only where nothing else does (it may be decimal).</summary>
    private static char SeparatorOf(ReadOnlySpan<byte> sample)
    {
        var lines = Encoding.UTF8.GetString(sample).Split('\n').Select(line => line.Trim('\r')).Where(line => line.Length > 0).Take(50).ToArray();
        if (lines.Length > 2) lines = lines[..^1];
        foreach (var separator in Separators)
        {
            var counts = lines.Select(line => line.Split('"').Where((_, i) => i % 2 == 0).Sum(part => part.Count(c => c == separator))).ToArray();
            var usual = counts.GroupBy(count => count).MaxBy(group => group.Count())!;
            if (usual.Key > 0 && usual.Count() * 2 > lines.Length) return separator;
        }

        return '\0';
    }

    private static List<string[]> Rows(ReadOnlyMemory<byte> content, char separator, int bytes)
    {
        if (content.Length > bytes)
        {
            content = content[..bytes];
            content = content[..(content.Span.LastIndexOf((byte)'\n') + 1)];
        }

        var rows = new List<string[]>();
        using var reader = CsvReader.Create(content, new CsvReaderOptions { Separator = separator, HasHeader = false, DetectSeparatorHint = false, TrimWhitespace = true });
        while (reader.Read()) rows.Add(reader.Current.ToArray());
        return rows;
    }
}
