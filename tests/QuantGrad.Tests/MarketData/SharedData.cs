namespace QuantGrad.Tests.MarketData;

/// <summary>Finds real prices beside the repository; tests that need them skip where they are missing.</summary>
internal static class SharedData
{
    internal static string PathOf(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", name);
            if (File.Exists(path)) return path;
        }

        Assert.Skip($"shared/data/{name} is not beside this checkout");
        return "";
    }

    /// <summary>The repository's own folder.</summary>
    internal static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "QuantGrad.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("QuantGrad.sln is above the tests");
    }
}

/// <summary>A folder of price files that lives as long as one test.</summary>
internal sealed class PriceFolder : IDisposable
{
    internal string Root { get; } = Directory.CreateTempSubdirectory("quantgrad-prices-").FullName;

    internal string File(string name, string content) => File(name, System.Text.Encoding.UTF8.GetBytes(content));

    internal string File(string name, byte[] content)
    {
        var path = Path.Combine(Root, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
