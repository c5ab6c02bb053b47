using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Trend;

/// <summary>Ichimoku's lines, the spans as they stand over this bar (computed one kijun length before).</summary>
internal sealed class Ichimoku(int tenkanPeriods, int kijunPeriods, int senkouBPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "ichimoku",
        Title = "Ichimoku cloud",
        Formula = "mid(n) = (HH + LL)/2: tenkan = mid(9), kijun = mid(26), span A = ((tenkan + kijun)/2)[t − 26], span B = mid(52)[t − 26]; the chikou span looks ahead and is left out",
        Source = "Hosoda 1969; Stock.Indicators ToIchimoku",
        Inputs = Inputs.HighLow,
        Parameters =
        [
            IndicatorParameter.Bars("tenkan_periods", 9),
            IndicatorParameter.Bars("kijun_periods", 26, min: 2),
            IndicatorParameter.Bars("senkou_b_periods", 52, min: 3),
        ],
        Fields = ["tenkan_sen", "kijun_sen", "senkou_span_a", "senkou_span_b"],
        WarmUp = static p => [(int)p[0] - 1, (int)p[1] - 1, (int)(p[1] + Math.Max(p[0], p[1])) - 1, (int)(p[1] + p[2]) - 1],
        Factory = static p => new Ichimoku((int)p[0], (int)p[1], (int)p[2]),
    };

    private readonly MidRange tenkan = new(tenkanPeriods);
    private readonly MidRange kijun = new(kijunPeriods);
    private readonly MidRange senkouB = new(senkouBPeriods);
    private readonly Delay delayA = new(kijunPeriods);
    private readonly Delay delayB = new(kijunPeriods);

    public override void Reset()
    {
        tenkan.Reset();
        kijun.Reset();
        senkouB.Reset();
        delayA.Reset();
        delayB.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields[0] = tenkan.Next(bar);
        fields[1] = kijun.Next(bar);
        fields[2] = delayA.Push((fields[0] + fields[1]) / 2);
        fields[3] = delayB.Push(senkouB.Next(bar));
    }

    private sealed class MidRange(int periods)
    {
        private readonly SlidingWindow<Highest> highest = new(periods);
        private readonly SlidingWindow<Lowest> lowest = new(periods);

        public double Next(in Bar bar) =>
            highest.Push(bar.High) & lowest.Push(bar.Low) ? (highest.Value.Value + lowest.Value.Value) / 2 : double.NaN;

        public void Reset()
        {
            highest.Reset();
            lowest.Reset();
        }
    }
}
