using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace QuantGrad.EndToEnd.Tests.Architecture;

public sealed partial class ArchitectureTests
{
    // A folder of the library may use only those before it (src/README.md, with the reasons where the order is not DESIGN's).
    private static readonly string[] Folders =
    [
        "MarketData", "Indicators", "Features", "Accounting", "Metrics", "Objectives", "Rules", "Strategies", "Training", "WalkForward",
        "Sweeping", "Inference", "Exporting", "Auditing", "Diagnosing", "Reporting",
    ];

    public static TheoryData<string, string[]> References => new()
    {
        { "src/QuantGrad.Autodiff/QuantGrad.Autodiff.csproj", [] },
        { "src/QuantGrad/QuantGrad.csproj", ["QuantGrad.Autodiff"] },
        { "src/QuantGrad.Indicators.Skender/QuantGrad.Indicators.Skender.csproj", ["QuantGrad"] },
        { "src/QuantGrad.Serving/QuantGrad.Serving.csproj", ["QuantGrad"] },
        { "src/QuantGrad.Cli/QuantGrad.Cli.csproj", ["QuantGrad", "QuantGrad.Serving"] },
    };

    [Theory]
    [MemberData(nameof(References))]
    public void Project_References_PointOneWay(string project, string[] allowed)
    {
        var found = XDocument.Load(Repository.At(project.Split('/'))).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Equal(allowed, found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void LibraryFolders_UseOnlyThoseBeforeThem()
    {
        var faults = new List<string>();
        foreach (var file in Repository.Files("src/QuantGrad", "*.cs"))
        {
            var parts = Repository.Relative(file).Split('/');
            if (parts.Length < 4) continue;
            var own = Array.IndexOf(Folders, parts[2]);
            if (own < 0) faults.Add($"{Repository.Relative(file)}: the folder {parts[2]} is not in the order of DESIGN section 3.");
            else faults.AddRange(Uses(File.ReadAllText(file)).Where(folder => Array.IndexOf(Folders, folder) > own).Select(folder => $"{Repository.Relative(file)} uses {folder}, which comes after {parts[2]}."));
        }
        Assert.Empty(faults);
    }

    [Fact]
    public void Uses_QualifiedNameAndUsing_AreBothSeen()
    {
        Assert.Equal(["Training"], Uses("using QuantGrad.Training;\n"));
        Assert.Equal(["Reporting"], Uses("var x = QuantGrad.Reporting.Page.Write();"));
        Assert.Empty(Uses("using QuantGrad.Autodiff.Ops;"));
    }

    [Fact]
    public void Autodiff_KnowsNothingOfFinance()
    {
        var faults = Repository.Files("src/QuantGrad.Autodiff", "*.cs").Where(file => UsesLibrary().IsMatch(File.ReadAllText(file)));
        Assert.Empty(faults.Select(Repository.Relative));
    }

    [Fact]
    public void Files_AreShort()
    {
        var lengths = Sources().Select(file => (File: Repository.Relative(file), Lines: File.ReadLines(file).Count())).OrderBy(entry => entry.Lines).ToList();
        Assert.DoesNotContain(lengths, entry => entry.Lines > 300);
        Assert.InRange(lengths[lengths.Count / 2].Lines, 1, 90);
        Assert.InRange(lengths[lengths.Count * 9 / 10].Lines, 1, 220);
    }

    [Fact]
    public void Names_SayWhatAThingIs()
    {
        var vague = Sources().Where(file => VagueName().IsMatch(Path.GetFileNameWithoutExtension(file)));
        Assert.Empty(vague.Select(Repository.Relative));
    }

    [Fact]
    public void Files_NameNoPlaceOfOneMachine()
    {
        var faults = Directory.EnumerateFiles(Repository.Root)
            .Concat(new[] { "src", "tests", "strategies", ".ci" }.Where(folder => Directory.Exists(Repository.At(folder))).SelectMany(folder => Repository.Files(folder, "*")))
            .Where(file => Path.GetExtension(file) is ".cs" or ".md" or ".yaml" or ".json" or ".csproj" or ".props" or ".targets" or ".sln" or ".mjs" or ".py" or "")
            .Where(file => MachinePlace().IsMatch(File.ReadAllText(file)));
        Assert.Empty(faults.Select(Repository.Relative));
    }

    private static IEnumerable<string> Sources() => Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*.cs"));

    private static IEnumerable<string> Uses(string source) =>
        QualifiedName().Matches(source).Select(match => match.Groups["name"].Value).Where(name => Folders.Contains(name)).Distinct();

    [GeneratedRegex(@"\bQuantGrad\.(?<name>[A-Z][A-Za-z]+)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"\bQuantGrad\.(?!Autodiff\b)[A-Z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UsesLibrary();

    [GeneratedRegex("(Helper|Helpers|Util|Utils|Utilities|Manager|Common)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VagueName();

    // The home of a user, the folders of a build machine, a registry that is not a public one: assembled so that this file does not match itself.
    [GeneratedRegex("/(?:root|work)/(?:[.]nuget|[.]library|wt/|main/)|/home/[a-z]+/(?!strategies|data)|C:\\\\Users\\\\", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MachinePlace();
}
