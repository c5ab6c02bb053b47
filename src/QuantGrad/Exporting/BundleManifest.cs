using System.ComponentModel;

namespace QuantGrad.Exporting;

/// <summary>What a bundle's <c>manifest.json</c> says: everything that stands between prices and a weight and is not in the graph, and where the model comes from.</summary>
/// <param name="Format">Version of this layout; <see cref="CurrentFormat"/>. A reader refuses a newer one.</param>
/// <param name="Name">The model's name: the strategy's.</param>
/// <param name="ModelVersion">A growing integer, at least 1; also the version directory's name on a server.</param>
/// <param name="Kind"><c>network</c>, <c>sequence</c> or <c>rule</c>.</param>
/// <param name="SequenceBars">Bars of a sequence model's window (the graph's time axis); 0 where the graph sees one bar.</param>
/// <param name="WarmUpBars">Usable bars of a symbol (each feature defined) before its first decision; 0 for networks.</param>
/// <param name="Features">The graph's inputs, in its order.</param>
/// <param name="Market">The market it was trained on.</param>
/// <param name="Window">What was seen in training, and when the model is meant to be used.</param>
/// <param name="Position">From signal to weight.</param>
/// <param name="Costs">The costs it was trained and tested with.</param>
/// <param name="Fill"><c>next_open</c>, <c>next_close</c> or <c>close</c>.</param>
/// <param name="Metrics">Figures of the fold's test window, named as in <c>metrics.json</c>; null is undefined. Empty for a model that was not tested.</param>
/// <param name="Source">The run that made it.</param>
/// <param name="Files">Every other file of the bundle.</param>
/// <param name="ManifestSha256">SHA-256 of this file's bytes with this value empty; 64 lower-case hexadecimal digits.</param>
public sealed record BundleManifest(
    [property: Description("Version of this layout.")] int Format,
    [property: Description("The model's name.")] string Name,
    [property: Description("A growing integer, at least 1.")] long ModelVersion,
    [property: Description("network, sequence or rule.")] string Kind,
    [property: Description("Bars of a sequence model's window; 0 where the graph sees one bar.")] int SequenceBars,
    [property: Description("Bars of a symbol with every feature defined before its first decision.")] int WarmUpBars,
    [property: Description("The graph's inputs, in its order.")] IReadOnlyList<BundleFeature> Features,
    [property: Description("The market it was trained on.")] BundleMarket Market,
    [property: Description("What was seen in training, and when the model is meant to be used.")] BundleWindow Window,
    [property: Description("From signal to weight.")] BundlePosition Position,
    [property: Description("Costs in basis points of the value traded.")] BundleCosts Costs,
    [property: Description("When weights are traded: next_open, next_close or close.")] string Fill,
    [property: Description("Figures of the fold's test window, null where undefined.")] IReadOnlyDictionary<string, double?> Metrics,
    [property: Description("The run that made the model.")] BundleSource Source,
    [property: Description("Every other file of the bundle.")] IReadOnlyList<BundleFile> Files,
    [property: Description("SHA-256 of this file with this value empty.")] string ManifestSha256)
{
    /// <summary>The layout that this program writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The longest history of any feature, or of the volatility that sizes a position: bars needed before the first trustworthy weight.</summary>
    public int HistoryBars => Math.Max(Position.HistoryBars, Features.Count == 0 ? 1 : Features.Max(feature => feature.HistoryBars)) + Math.Max(Math.Max(0, SequenceBars - 1), WarmUpBars);
}

/// <summary>One input of the graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Formula">How it is computed from bars.</param>
/// <param name="HistoryBars">Measured: bars up to and including the newest after which the value agrees with the backtest to 1e-6.</param>
/// <param name="Minimum">Smallest value in the train window.</param>
/// <param name="Maximum">Largest value in the train window.</param>
/// <param name="Mean">Mean over the train window.</param>
/// <param name="Deviation">Standard deviation over the train window.</param>
public sealed record BundleFeature(
    string Name, string Formula, [property: Description("Bars after which the value agrees with the backtest to 1e-6.")] int HistoryBars,
    [property: Description("Over the train window.")] double Minimum, [property: Description("Over the train window.")] double Maximum,
    [property: Description("Over the train window.")] double Mean, [property: Description("Over the train window.")] double Deviation);

/// <summary>The market.</summary>
/// <param name="BarSeconds">Usual distance of two bars in seconds; 86400 for daily bars.</param>
/// <param name="PeriodsPerYear">Bars a year.</param>
/// <param name="Symbols">Symbols seen in training, in ordinal order.</param>
public sealed record BundleMarket(double BarSeconds, double PeriodsPerYear, IReadOnlyList<string> Symbols);

/// <summary>Windows, as times of bars, first and last inclusive.</summary>
/// <param name="TrainStart">First bar that trained the weights.</param>
/// <param name="TrainEnd">Last bar that trained the weights.</param>
/// <param name="ValidationStart">First bar of the validation window; null without one.</param>
/// <param name="ValidationEnd">Last bar that chose the weights; null without validation.</param>
/// <param name="NotBefore">First bar on which the model may decide: before it, it has seen the answer.</param>
/// <param name="Expires">Last bar for which the model is meant (the end of its test window, or when it was due to be trained again); null for no end.</param>
public sealed record BundleWindow(DateTime TrainStart, DateTime TrainEnd, DateTime? ValidationStart, DateTime? ValidationEnd, DateTime NotBefore, DateTime? Expires);

/// <summary>From signal to weight.</summary>
/// <param name="Sizing"><c>vol_target</c> or <c>none</c>.</param>
/// <param name="VolTarget">Annual volatility aimed at, 0.15 is 15%.</param>
/// <param name="VolSpan">Span in bars of the exponentially weighted volatility.</param>
/// <param name="MaxLeverage">Largest |weight| of one symbol before the portfolio is shared out.</param>
/// <param name="Portfolio"><c>equal</c>: the same share for each symbol that could be traded before and has had a bar within ten (a resting exchange keeps its share); <c>softmax</c> or <c>market_neutral</c>: the graph gives scores, and the shares of a date's
/// symbols follow from them.</param>
/// <param name="HistoryBars">Bars after which the sizing's volatility agrees with the backtest to 1e-6; 1 without sizing.</param>
public sealed record BundlePosition(string Sizing, double VolTarget, int VolSpan, double MaxLeverage, string Portfolio, int HistoryBars);

/// <summary>Costs in basis points of the value traded.</summary>
/// <param name="CommissionBps">Commission.</param>
/// <param name="SpreadBps">Whole spread.</param>
/// <param name="SlippageBps">Slippage.</param>
/// <param name="BorrowBpsPerYear">Borrow fee of short positions a year.</param>
public sealed record BundleCosts(double CommissionBps, double SpreadBps, double SlippageBps, double BorrowBpsPerYear);

/// <summary>Where a model comes from.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Fold">The fold, from 0; −1 for a model trained again on everything up to a date.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Members">Networks whose outputs are averaged.</param>
/// <param name="StrategySha256">The strategy's hash.</param>
/// <param name="DataSha256">The prices' hash.</param>
/// <param name="CodeVersion">The program's version.</param>
public sealed record BundleSource(string RunId, int Fold, long Seed, int Members, string StrategySha256, string DataSha256, string CodeVersion);

/// <summary>A file of the bundle.</summary>
/// <param name="Name">Its bare name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record BundleFile(string Name, long Bytes, string Sha256);
