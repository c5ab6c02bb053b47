using System.CommandLine;
using System.Globalization;
using QuantGrad.Exporting;
using QuantGrad.MarketData;
using QuantGrad.Reporting;

namespace QuantGrad.Cli.Commands;

/// <summary><c>predict</c>: positions from an exported bundle through ONNX Runtime.</summary>
internal sealed class PredictCommand : CliCommand
{
    private readonly Argument<string> bundle = new("BUNDLE") { Description = "A bundle's folder: model.onnx and manifest.json." };
    private readonly Option<string[]> data = new("--data") { Description = "Price files or folders, with the history that the features need.", HelpName = "PATH", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> from = new("--from") { Description = "First date; by default the first that the model has not seen.", HelpName = "DATE" };
    private readonly Option<bool> allowSeen = new("--allow-seen") { Description = "Dates inside the training window too: hindsight, for checking only." };

    public PredictCommand()
        : base("predict", "Positions of an exported bundle over prices, as CSV.", "quantgrad predict models/quickstart --data data/sample --out positions.csv")
    {
        Arguments.Add(bundle);
        Options.Add(data);
        Options.Add(from);
        Options.Add(allowSeen);
    }

    public override int Execute(Invocation call)
    {
        var verified = BundleReader.Verify(call.Get(bundle));
        using var predictor = new BundlePredictor(verified);
        var prices = MarketDataLoader.Load(call.Get(data)!);
        var positions = BundlePrediction.Run(predictor, prices, Date(call.Get(from)), call.Get(allowSeen), call.Threads, warning => { if (!call.Quiet) call.Error.WriteLine(warning); });
        if (call.Out is not { } target)
        {
            PredictedPositions.Write(call.Output, positions, verified.Manifest.Source.Fold);
            return 0;
        }

        using var text = new StringWriter();
        PredictedPositions.Write(text, positions, verified.Manifest.Source.Fold);
        PublishedFile.WriteText(target, text.ToString());
        if (!call.Quiet) call.Error.WriteLine($"{target} holds the positions.");
        return 0;
    }

    private static DateTime? Date(string? text)
    {
        if (text is null) return null;
        if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)) return date;
        throw new UsageException($"--from is '{text}'; expected a date such as 2024-03-28.");
    }
}
