using System.CommandLine;
using System.Globalization;
using QuantGrad.MarketData;
using QuantGrad.MarketData.Synthetic;

namespace QuantGrad.Cli.Commands;

/// <summary><c>data synth</c>: a synthetic market with a known best strategy.</summary>
internal sealed class DataSynthCommand : CliCommand
{
    private readonly Option<int> symbols = new("--symbols") { Description = "How many symbols.", HelpName = "N", DefaultValueFactory = _ => 12 };
    private readonly Option<int> years = new("--years") { Description = "How many years of 252 days.", HelpName = "N", DefaultValueFactory = _ => 15 };
    private readonly Option<string> kind = new("--kind") { Description = "What is planted: trends in volatility regimes, an autocorrelation, or nothing.", DefaultValueFactory = _ => "regimes" };
    private readonly Option<double> rho = new("--rho") { Description = "The autocorrelation of daily returns, for --kind ar1.", HelpName = "R", DefaultValueFactory = _ => 0.1 };
    private readonly Option<double> vol = new("--vol") { Description = "The daily volatility, for --kind ar1 and noise.", HelpName = "V", DefaultValueFactory = _ => 0.01 };

    public DataSynthCommand()
        : base("synth", "Writes a synthetic market whose best attainable Sharpe ratio is known; one seed gives the same bytes everywhere.", "quantgrad data synth --out my-market --seed 1 --symbols 12 --years 15")
    {
        kind.AcceptOnlyFromAmong("regimes", "ar1", "noise");
        foreach (var option in new Option[] { symbols, years, kind, rho, vol }) Options.Add(option);
    }

    public override int Execute(Invocation call)
    {
        var folder = call.Out ?? throw new UsageException("data synth needs --out DIR, the folder for the price files.");
        var seed = (ulong)(long)(call.Seed ?? 1);
        PlantedMarket market = call.Get(kind) switch
        {
            "ar1" => SyntheticMarket.Ar1(seed, call.Get(symbols), call.Get(years), call.Get(rho), call.Get(vol)),
            "noise" => SyntheticMarket.Noise(seed, call.Get(symbols), call.Get(years), call.Get(vol)),
            _ => SyntheticMarket.Regimes(seed, call.Get(symbols), call.Get(years)),
        };
        PriceWriter.RequireOwnFolder(market.Panel, folder);
        var files = PriceWriter.WriteSymbolFiles(market.Panel, folder);
        if (call.Json)
        {
            call.Output.WriteLine(DataJson.Text(new
            {
                market.Kind, Seed = call.Seed ?? 1, Symbols = market.Panel.Assets, Dates = market.Panel.Steps, market.AttainableSharpe, market.SymbolRuleSharpe, market.Description, Files = files,
            }));
            return 0;
        }

        call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files.Count} files in {folder}, {market.Panel.Steps} days from {DataJson.Date(market.Panel.Dates[0])} to {DataJson.Date(market.Panel.Dates[^1])}."));
        call.Output.WriteLine($"Planted: {market.Description}");
        call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Best attainable Sharpe before costs: {market.AttainableSharpe:0.00}; by one rule for each symbol alone: {market.SymbolRuleSharpe:0.00}."));
        return 0;
    }
}
