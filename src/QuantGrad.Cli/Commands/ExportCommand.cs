using System.CommandLine;
using System.Globalization;
using QuantGrad.Cli.Progress;
using QuantGrad.Exporting;
using QuantGrad.Reporting;

namespace QuantGrad.Cli.Commands;

/// <summary><c>export</c>: a run's model as a bundle, checked and put where a server finds it.</summary>
internal sealed class ExportCommand : CliCommand
{
    private readonly Argument<string> run = new("RUN") { Description = "A run's folder, its id, or a strategy's name for its newest run." };
    private readonly Option<string> fold = new("--fold") { Description = "A fold from 0, last, or all (as versions 1, 2, … of a model).", HelpName = "N", DefaultValueFactory = _ => "last" };
    private readonly Option<string?> retrainTo = new("--retrain-to") { Description = "Trains again on everything up to a date: the model for use from the next bar on.", HelpName = "DATE" };

    public ExportCommand()
        : base("export", "Writes the ONNX bundle of a run: model.onnx and manifest.json.", "quantgrad export quickstart --out models/quickstart/1\nquantgrad export quickstart --fold all --out models/quickstart")
    {
        Arguments.Add(run);
        Options.Add(fold);
        Options.Add(retrainTo);
    }

    public override string Kept => "Seeds that were trained are kept: the same command goes on from them.";

    public override int Execute(Invocation call)
    {
        var folder = RunCatalog.Find(call.Get(run), "reports");
        if (call.Out is not { } target) throw new UsageException("export needs --out, the folder that the bundle is written to, for instance --out models/quickstart/1.");
        var written = Write(folder, target, call);
        if (call.Json) call.Output.WriteLine(ToJson(written, IsAll(call)));
        else foreach (var bundle in written) call.Output.WriteLine(bundle);
        return 0;
    }

    /// <summary>One document: the manifest, of all folds the manifests in an array.</summary>
    private static string ToJson(IReadOnlyList<string> bundles, bool all)
    {
        var manifests = bundles.Select(bundle => File.ReadAllText(Path.Combine(bundle, Bundle.ManifestFile)).TrimEnd());
        return all ? $"[\n{string.Join(",\n", manifests)}\n]" : manifests.Single();
    }

    private IReadOnlyList<string> Write(string folder, string target, Invocation call)
    {
        var which = call.Get(fold)!;
        if (call.Get(retrainTo) is { } date)
        {
            RefuseOthers(target);
            return [RunDisplay.During(call, progress => RunExport.Open(folder).Retrain(target, Date(date), call.Threads, progress, call.Cancellation))];
        }

        if (IsAll(call)) return RunExport.Open(folder).WriteAll(target, call.Threads);
        RefuseOthers(target);
        if (which != "last")
        {
            if (!int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw new UsageException($"--fold is '{which}'; expected a number from 0, last, or all.");
            return [RunExport.Open(folder).WriteFold(target, number, call.Threads)];
        }

        if (!Directory.Exists(Path.Combine(folder, "model")))
            throw new QuantGradException($"{folder} has no model yet: finish the run with quantgrad run --resume.", 6);
        var bundle = BundleReader.Verify(Path.Combine(folder, "model"));
        BundleWriter.Write(target, bundle.Manifest, bundle.Model.Span);
        return [target];
    }

    private bool IsAll(Invocation call) => call.Get(retrainTo) is null && call.Get(fold) == "all";

    private static void RefuseOthers(string target)
    {
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !File.Exists(Path.Combine(target, Bundle.ManifestFile)))
            throw new UsageException($"{target} is a folder with other files in it; expected a new folder, or a bundle to be replaced.");
    }

    private static DateOnly Date(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? date
        : throw new UsageException($"--retrain-to is '{text}'; expected a date such as 2024-03-28.");
}
