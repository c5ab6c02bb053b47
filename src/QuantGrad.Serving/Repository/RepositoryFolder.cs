using System.Globalization;
using QuantGrad.Exporting;

namespace QuantGrad.Serving.Repository;

/// <summary>A version directory on disk.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Number">The version.</param>
/// <param name="Path">The directory.</param>
/// <param name="Signature">Names, lengths and times of its files: another one means another content.</param>
internal sealed record VersionFolder(string Model, long Number, string Path, string Signature);

/// <summary>Reads the layout <c>NAME/VERSION/</c>. Directories with other names are ignored, so that a version can be written beside and renamed.</summary>
internal static class RepositoryFolder
{
    /// <summary>Lists the version directories by name and number.</summary>
    public static List<VersionFolder> List(string root)
    {
        var found = new List<VersionFolder>();
        foreach (var model in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(model);
            if (!IsName(name)) continue;
            try
            {
                foreach (var folder in Directory.EnumerateDirectories(model)) Add(found, name, folder);
            }
            catch (DirectoryNotFoundException)
            {
                // The model was removed while it was listed.
            }
        }

        return [.. found.OrderBy(folder => folder.Model, StringComparer.Ordinal).ThenBy(folder => folder.Number)];
    }

    /// <summary>A version that is removed at this moment is left out, and only that one: the others must not seem to be gone with it.</summary>
    private static void Add(List<VersionFolder> found, string name, string folder)
    {
        if (!TryVersion(Path.GetFileName(folder), out var number)) return;
        try
        {
            found.Add(new VersionFolder(name, number, folder, Signature(folder)));
        }
        catch (Exception gone) when (gone is DirectoryNotFoundException or FileNotFoundException)
        {
        }
    }

    private static bool IsName(string name) => name.Length <= 100 && name[0] != '.' && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static bool TryVersion(string name, out long number) =>
        long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0 && name == number.ToString(CultureInfo.InvariantCulture);

    private static string Signature(string folder)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles().Where(file => file.Name is Bundle.ModelFile or Bundle.ManifestFile).OrderBy(file => file.Name, StringComparer.Ordinal);
        return string.Join(';', files.Select(file => FormattableString.Invariant($"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")));
    }
}
