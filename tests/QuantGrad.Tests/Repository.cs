namespace QuantGrad.Tests;

/// <summary>Finds the repository's files from where the tests run.</summary>
internal static class Repository
{
    /// <summary>The absolute path of a file given from the repository's root.</summary>
    public static string PathOf(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "QuantGrad.sln"))) return Path.Combine(folder.FullName, relative);
        throw new DirectoryNotFoundException("QuantGrad.sln was not found above the tests.");
    }
}
