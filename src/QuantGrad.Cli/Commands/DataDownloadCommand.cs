using System.CommandLine;
using System.Globalization;
using QuantGrad.MarketData.Downloading;

namespace QuantGrad.Cli.Commands;

/// <summary><c>data download</c>: prices from a public source into CSV files, one a symbol.</summary>
internal sealed class DataDownloadCommand : CliCommand
{
    private readonly Argument<string[]> symbols = new("SYMBOL") { Description = "Symbols as the source writes them, such as SPY, spy.us or BTCUSDT.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> source = new("--source") { Description = "Where from: Yahoo's charts, Stooq, Binance's archive or its REST service.", Required = true };
    private readonly Option<string?> from = new("--from") { Description = "The first day; default ten years ago.", HelpName = "YYYY-MM-DD" };
    private readonly Option<string?> to = new("--to") { Description = "The last day; default yesterday.", HelpName = "YYYY-MM-DD" };
    private readonly Option<string> interval = new("--interval") { Description = "The bar, as the source writes it.", HelpName = "1d", DefaultValueFactory = _ => "1d" };
    private readonly Option<Uri?> baseAddress = new("--base-address") { Description = "Another address than the source's own.", HelpName = "URL" };
    private readonly Option<string?> key = new("--key") { Description = "Stooq's key; default the variable QUANTGRAD_STOOQ_KEY.", HelpName = "KEY" };

    public DataDownloadCommand()
        : base("download", "Fetches prices from a public source into CSV files that `run` reads.", "quantgrad data download SPY QQQ --source yahoo --from 2005-01-01 --out my-prices")
    {
        source.AcceptOnlyFromAmong([.. PriceDownload.Sources.Keys]);
        Arguments.Add(symbols);
        foreach (var option in new Option[] { source, from, to, interval, baseAddress, key }) Options.Add(option);
    }

    public override string Kept => "Files that were finished are kept.";

    public override int Execute(Invocation call)
    {
        var folder = call.Out ?? throw new UsageException("data download needs --out DIR, the folder for the price files.");
        var today = DateOnly.FromDateTime(call.Time.GetUtcNow().UtcDateTime);
        var (first, last) = (Day("--from", call.Get(from)) ?? today.AddYears(-10), Day("--to", call.Get(to)) ?? today.AddDays(-1));
        var requests = call.Get(symbols).Select(symbol => new DownloadRequest(symbol, first, last, call.Get(interval)!)).ToList();
        void Tell(string line)
        {
            if (!call.Quiet) call.Error.WriteLine(line);
        }

        var files = PriceDownload.RunAsync(
            call.Get(source)!, call.Get(baseAddress), call.Get(key) ?? Environment.GetEnvironmentVariable("QUANTGRAD_STOOQ_KEY"), requests, folder,
            new DownloadOptions(), call.Time, Tell, call.Cancellation).GetAwaiter().GetResult();
        if (call.Json) call.Output.WriteLine(DataJson.Text(new { Files = files }));
        else foreach (var file in files) call.Output.WriteLine(file);
        return 0;
    }

    private static DateOnly? Day(string option, string? text)
    {
        if (text is null) return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : throw new UsageException($"{option} is '{text}'; expected a day such as 2005-01-31.");
    }
}
