using System.CommandLine;
using QuantGrad.Exporting;
using QuantGrad.Reporting;

namespace QuantGrad.Cli.Commands;

/// <summary><c>export</c>: the bundle of a run's newest fold, checked and put where a server finds it.</summary>
internal sealed class ExportCommand : CliCommand
{
    private readonly Argument<string> run = new("RUN") { Description = "A run's folder, its id, or a strategy's name for its newest run." };

    public ExportCommand()
        : base("export", "Writes the ONNX bundle of a run: model.onnx and manifest.json.", "quantgrad export quickstart --out models/quickstart")
    {
        Arguments.Add(run);
    }

    public override int Execute(Invocation call)
    {
        var folder = RunCatalog.Find(call.Get(run), "reports");
        if (call.Out is not { } target) throw new UsageException("export needs --out, the folder that the bundle is written to, for instance --out models/quickstart.");
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !File.Exists(Path.Combine(target, Bundle.ManifestFile)))
            throw new UsageException($"{target} is a folder with other files in it; expected a new folder, or a bundle to be replaced.");
        var bundle = BundleReader.Verify(Path.Combine(folder, "model"));
        BundleWriter.Write(target, bundle.Manifest, bundle.Model.Span);
        call.Output.WriteLine(call.Json ? File.ReadAllText(Path.Combine(target, Bundle.ManifestFile)).TrimEnd() : target);
        return 0;
    }
}
