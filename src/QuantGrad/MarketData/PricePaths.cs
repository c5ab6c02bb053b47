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

            if (!Directory.Exists(path)) throw new PriceDataException($"{path}: there is no such file or folder; expected a CSV file or a folder of them{Nearest(path)}");
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
        return folder is not null && Directory.Exists(folder)
            ? NearestName.Hint(Path.GetFileName(path), Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal).Select(entry => Path.GetFileName(entry)))
            : "";
    }
}
