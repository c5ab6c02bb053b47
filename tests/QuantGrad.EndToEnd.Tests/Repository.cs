namespace QuantGrad.EndToEnd.Tests;

/// <summary>The files of this repository, as a test sees them.</summary>
internal static class Repository
{
    /// <summary>The folder with QuantGrad.sln in it.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below the root.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Every file below a folder of the root that is ours: nothing built, nothing fetched, nothing that a run wrote.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(At(folder), pattern, SearchOption.AllDirectories)
        .Where(file => !Relative(file).Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "TestResults" or ".git"))
        .Order(StringComparer.Ordinal);

    /// <summary>The path from the root, with forward slashes.</summary>
    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "QuantGrad.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No QuantGrad.sln above {AppContext.BaseDirectory}.");
    }
}
