using System.CommandLine;
using QuantGrad.Features;
using QuantGrad.Indicators;
using QuantGrad.MarketData;
using QuantGrad.Reporting;

namespace QuantGrad.Cli.Commands;

/// <summary><c>indicator</c>: one formula over one file, and the catalogue.</summary>
internal sealed class IndicatorCommand : CliCommand
{
    private readonly Argument<string?> formula = new("FORMULA") { Description = "A formula such as \"rsi(14)\" or \"macd(12, 26, 9).histogram\".", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> file = new("FILE.csv") { Description = "The price file.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> list = new("--list") { Description = "The catalogue: formula, parameters, warm-up and source of every indicator." };

    public IndicatorCommand()
        : base("indicator", "Computes one formula over one price file, for checking by hand.", "quantgrad indicator \"rsi(14)\" prices/AAPL.csv")
    {
        Arguments.Add(formula);
        Arguments.Add(file);
        Options.Add(list);
    }

    public override int Execute(Invocation call)
    {
        if (call.Get(list)) return List(call);
        if (call.Get(formula) is not { } text || call.Get(file) is not { } path)
            throw new UsageException("indicator needs a formula and a price file, for instance: quantgrad indicator \"rsi(14)\" prices/AAPL.csv; --list shows the catalogue.");
        var data = MarketDataLoader.Load([path]);
        var table = IndicatorFormula.Parse(text, data.BarInterval).Compute(data.Panel, call.Threads);
        FeaturesCommand.Show(call, data.Panel, table, withSymbol: data.Panel.Assets > 1);
        return 0;
    }

    private static int List(Invocation call)
    {
        if (call.Out is { } target) PublishedFile.WriteText(target, CatalogPage.Write());
        else call.Output.Write(CatalogPage.Write());
        return 0;
    }
}
