using System.CommandLine;
using QuantGrad.Features;
using QuantGrad.MarketData;
using QuantGrad.Reporting;
using QuantGrad.Strategies;

namespace QuantGrad.Cli.Commands;

/// <summary><c>features</c>: the feature table of a strategy.</summary>
internal sealed class FeaturesCommand : CliCommand
{
    private readonly Argument<string> strategy = new("STRATEGY.yaml") { Description = "The strategy file." };

    public FeaturesCommand()
        : base("features", "Writes the feature table of a strategy as CSV.", "quantgrad features strategies/quickstart.yaml --out features.csv")
    {
        Arguments.Add(strategy);
    }

    public override int Execute(Invocation call)
    {
        var settings = call.ReadStrategy(call.Get(strategy));
        var data = MarketDataLoader.Load(settings.Data.Path, FirstMoment(settings.Data.From), FirstMoment(settings.Data.To));
        Show(call, data.Panel, settings.CompileFeatures(data.BarInterval).Compute(data.Panel, call.Threads), withSymbol: true);
        return 0;
    }

    private static DateTime? FirstMoment(DateOnly? day) => day?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    /// <summary>Writes the table to <c>--out</c>, else to standard output.</summary>
    internal static void Show(Invocation call, Panel panel, FeatureTable table, bool withSymbol)
    {
        if (call.Out is { } target) FeatureFile.WriteTo(target, panel, table, withSymbol);
        else FeatureFile.Write(call.Output, panel, table, withSymbol);
    }
}
