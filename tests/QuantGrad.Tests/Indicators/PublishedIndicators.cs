namespace QuantGrad.Tests.Indicators;

// One case an indicator of Stock.Indicators: name, published result, first field on a constant series of 100, parameters of the published call.
public sealed class AlmaContract() : PublishedIndicatorContract("alma", "alma", 100, 9, 0.85, 6);

public sealed class AlligatorContract() : PublishedIndicatorContract("alligator", "alligator", 100);

public sealed class DemaContract() : PublishedIndicatorContract("dema", "dema", 100, 14);

public sealed class DynamicContract() : PublishedIndicatorContract("dynamic", "dynamic", 100, 14, 0.6);

public sealed class EmaContract() : PublishedIndicatorContract("ema", "ema", 100, 20);

public sealed class EpmaContract() : PublishedIndicatorContract("epma", "epma", 100, 10);

public sealed class GatorContract() : PublishedIndicatorContract("gator", "gator", 0);

public sealed class HmaContract() : PublishedIndicatorContract("hma", "hma", 100, 14);

public sealed class HtTrendlineContract() : PublishedIndicatorContract("ht_trendline", "htl", 100);

public sealed class KamaContract() : PublishedIndicatorContract("kama", "kama", 100, 10, 2, 30);

public sealed class MaEnvelopesContract() : PublishedIndicatorContract("ma_envelopes", "ma-env", 100, 20, 2.5);

public sealed class MamaContract() : PublishedIndicatorContract("mama", "mama", 100, 0.5, 0.05);

public sealed class SmaContract() : PublishedIndicatorContract("sma", "sma", 100, 20);

public sealed class SmmaContract() : PublishedIndicatorContract("smma", "smma", 100, 20);

public sealed class T3Contract() : PublishedIndicatorContract("t3", "t3", 100, 5, 0.7);

public sealed class TemaContract() : PublishedIndicatorContract("tema", "tema", 100, 20);

public sealed class VwapContract() : PublishedIndicatorContract("vwap", "vwap", 100);

public sealed class VwmaContract() : PublishedIndicatorContract("vwma", "vwma", 100, 14);

public sealed class WmaContract() : PublishedIndicatorContract("wma", "wma", 100, 14);

public sealed class AwesomeContract() : PublishedIndicatorContract("awesome", "awesome", 0, 5, 34);

public sealed class BopContract() : PublishedIndicatorContract("bop", "bop", double.NaN, 14);

public sealed class CciContract() : PublishedIndicatorContract("cci", "cci", double.NaN, 20);

public sealed class CmoContract() : PublishedIndicatorContract("cmo", "cmo", double.NaN, 14);

public sealed class ConnorsRsiContract() : PublishedIndicatorContract("connors_rsi", "crsi", double.NaN, 3, 2, 100);

public sealed class FisherTransformContract() : PublishedIndicatorContract("fisher_transform", "fisher", 0, 10);

public sealed class MacdContract() : PublishedIndicatorContract("macd", "macd", 0, 12, 26, 9);

public sealed class PmoContract() : PublishedIndicatorContract("pmo", "pmo", 0, 35, 20, 10);

public sealed class PrsContract() : PublishedIndicatorContract("prs", "prs", 1, 20);

public sealed class RocContract() : PublishedIndicatorContract("roc", "roc", 0, 14);

public sealed class RocWbContract() : PublishedIndicatorContract("roc_wb", "roc-wb", 0, 20, 5, 5);

public sealed class RsiContract() : PublishedIndicatorContract("rsi", "rsi", double.NaN, 14);

public sealed class SmiContract() : PublishedIndicatorContract("smi", "smi", double.NaN, 13, 25, 2, 3);

public sealed class StcContract() : PublishedIndicatorContract("stc", "stc", double.NaN, 10, 23, 50);

public sealed class StochContract() : PublishedIndicatorContract("stoch", "stoch", double.NaN, 14, 3, 3);

public sealed class StochRsiContract() : PublishedIndicatorContract("stoch_rsi", "stoch-rsi", double.NaN, 14, 14, 3, 1);

public sealed class TrixContract() : PublishedIndicatorContract("trix", "trix", 0, 14);

public sealed class TsiContract() : PublishedIndicatorContract("tsi", "tsi", double.NaN, 25, 13, 7);

public sealed class UltimateContract() : PublishedIndicatorContract("ultimate", "uo", double.NaN, 7, 14, 28);

public sealed class WilliamsRContract() : PublishedIndicatorContract("williams_r", "willr", double.NaN, 14);

public sealed class AdxContract() : PublishedIndicatorContract("adx", "adx", 0, 14);

public sealed class AroonContract() : PublishedIndicatorContract("aroon", "aroon", 0, 25);

public sealed class AtrStopContract() : PublishedIndicatorContract("atr_stop", "atr-stop", 100, 21, 3);

public sealed class ChandelierContract() : PublishedIndicatorContract("chandelier", "chexit", 100, 22, 3);

public sealed class ElderRayContract() : PublishedIndicatorContract("elder_ray", "elder-ray", 0, 13);

public sealed class IchimokuContract() : PublishedIndicatorContract("ichimoku", "ichimoku", 100, 9, 26, 52);

public sealed class ParabolicSarContract() : PublishedIndicatorContract("parabolic_sar", "psar", double.NaN, 0.02, 0.2);

public sealed class SuperTrendContract() : PublishedIndicatorContract("super_trend", "supertrend", 100, 10, 3);

public sealed class VolatilityStopContract() : PublishedIndicatorContract("volatility_stop", "vol-stop", double.NaN, 7, 3);

public sealed class VortexContract() : PublishedIndicatorContract("vortex", "vortex", double.NaN, 14);

public sealed class AtrContract() : PublishedIndicatorContract("atr", "atr", 0, 14);

public sealed class BollingerBandsContract() : PublishedIndicatorContract("bollinger_bands", "bb", 100, 20, 2);

public sealed class ChopContract() : PublishedIndicatorContract("chop", "chop", double.NaN, 14);

public sealed class DonchianContract() : PublishedIndicatorContract("donchian", "donchian", 100, 20);

public sealed class FcbContract() : PublishedIndicatorContract("fcb", "fcb", double.NaN, 2);

public sealed class KeltnerContract() : PublishedIndicatorContract("keltner", "keltner", 100, 20, 2, 10);

public sealed class StarcBandsContract() : PublishedIndicatorContract("starc_bands", "starc", 100, 5, 2, 10);

public sealed class TrContract() : PublishedIndicatorContract("tr", "tr", 0);

public sealed class UlcerIndexContract() : PublishedIndicatorContract("ulcer_index", "ulcer", 0, 14);

public sealed class AdlContract() : PublishedIndicatorContract("adl", "adl", 0);

public sealed class ChaikinOscContract() : PublishedIndicatorContract("chaikin_osc", "chaikin-osc", 0, 3, 10);

public sealed class CmfContract() : PublishedIndicatorContract("cmf", "cmf", 0, 20);

public sealed class ForceIndexContract() : PublishedIndicatorContract("force_index", "force", 0, 2);

public sealed class KvoContract() : PublishedIndicatorContract("kvo", "kvo", 0, 34, 55, 13);

public sealed class MfiContract() : PublishedIndicatorContract("mfi", "mfi", double.NaN, 14);

public sealed class ObvContract() : PublishedIndicatorContract("obv", "obv", 0);

public sealed class PvoContract() : PublishedIndicatorContract("pvo", "pvo", 0, 12, 26, 9);

public sealed class CorrelationContract() : PublishedIndicatorContract("correlation", "corr", double.NaN, 20);

public sealed class HurstContract() : PublishedIndicatorContract("hurst", "hurst", double.NaN, 100);

public sealed class SlopeContract() : PublishedIndicatorContract("slope", "slope", 0, 14);

public sealed class SmaAnalysisContract() : PublishedIndicatorContract("sma_analysis", "sma-analysis", 100, 20);

public sealed class StdevContract() : PublishedIndicatorContract("stdev", "stdev", 0, 14);

public sealed class BarPartContract() : PublishedIndicatorContract("bar_part", "barpart", 100, 0);

public sealed class DojiContract() : PublishedIndicatorContract("doji", "doji", 1, 0.1);

public sealed class HeikinAshiContract() : PublishedIndicatorContract("heikin_ashi", "heikinashi", 100);

public sealed class MarubozuContract() : PublishedIndicatorContract("marubozu", "marubozu", 0, 95);

public sealed class PivotPointsContract() : PublishedIndicatorContract("pivot_points", "pivot-points", 100, 0, 0);

public sealed class RollingPivotsContract() : PublishedIndicatorContract("rolling_pivots", "rolling-pivots", 100, 20, 0, 0);

public sealed class BetaContract() : PublishedIndicatorContract("beta", "beta", double.NaN, 50, 0)
{
    protected override int Placeholders(string column) => column.StartsWith("returns", StringComparison.Ordinal) ? 1 : 0;
}
