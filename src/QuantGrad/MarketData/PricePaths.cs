namespace QuantGrad.MarketData;

/// <summary>Turns the paths of a strategy or a command line into files.</summary>
internal static class PricePaths
{
    private static readonly string[] Endings = [".csv", ".csv.gz", ".csv.zip"];

    /// <summary>The files: a folder stands for all CSV files in it (not below it), in ordinal order.</summary>
    /// <exception cref="PriceDataException">A path does not exist, or a folder holds no CSV file.</exception>
    internal static List<string> Expand(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0) throw new PriceDataException("no price file was named; expected a CSV file or a folder of them.");
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (File.Exists(path))
            {
                files.Add(path);
                continue;
            }

            if (!Directory.Exists(path)) throw new PriceDataException($"{path}: there is no such file or folder{Nearest(path)}; expected a CSV file or a folder of them.");
            var inside = Directory.EnumerateFiles(path)
                .Where(file => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                .Order(StringComparer.Ordinal).ToList();
            if (inside.Count == 0) throw new PriceDataException($"{path}: the folder holds no price file; expected *.csv, *.csv.gz or *.csv.zip.");
            files.AddRange(inside);
        }

        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    private static string Nearest(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is null || !Directory.Exists(folder)) return "";
        var name = Path.GetFileName(path);
        var nearest = Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)!)
            .Select(entry => (entry, Distance: EditDistance(entry, name))).OrderBy(pair => pair.Distance).ThenBy(pair => pair.entry, StringComparer.Ordinal).FirstOrDefault();
        return nearest.entry is not null && nearest.Distance <= Math.Max(2, name.Length / 3) ? $" (did you mean {nearest.entry}?)" : "";
    }

    private static int EditDistance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
