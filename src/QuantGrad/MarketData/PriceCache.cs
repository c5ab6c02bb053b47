namespace QuantGrad.MarketData;
internal sealed class PriceCache { internal static readonly PriceCache None = new(), Beside = new(); }
