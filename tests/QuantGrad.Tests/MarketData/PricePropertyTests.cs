using System.Globalization;
using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using QuantGrad.MarketData;

namespace QuantGrad.Tests.MarketData;

/// <summary>What holds for every market, number, date and way to write them.</summary>
public sealed class PricePropertyTests : IDisposable
{
    /// <summary>2 to 40 weekdays of bars in steps of a ten-thousandth, each with low ≤ open, close ≤ high, none a standstill.</summary>
    private static readonly Arbitrary<Bar[]> Markets =
        (from size in Gen.Choose(2, 40)
         from moves in Gen.ArrayOf(Gen.Choose(1, 400), size)
         from spreads in Gen.ArrayOf(Gen.Choose(0, 999), size)
         select moves.Select((move, i) =>
         {
             var (open, close) = ((500_000 + (move * (i % 2 == 0 ? 1 : -1))) / 1e4, (500_000 + spreads[i] + i) / 1e4);
             return new Bar(new DateTime(2021, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddDays((i / 5 * 7) + (i % 5)), open, Math.Max(open, close) + 1, Math.Min(open, close) - 1, close, 1 + (move * 1000));
         }).ToArray()).ToArbitrary();

    private static readonly Arbitrary<(long Mantissa, int Decimals)> Decimals =
        (from high in Gen.Choose(0, int.MaxValue)
         from low in Gen.Choose(0, 1 << 30)
         from shift in Gen.Choose(0, 31)
         from decimals in Gen.Choose(0, 18)
         select ((((long)high << 31) | (uint)low) >> shift, decimals)).ToArbitrary();

    private static readonly Arbitrary<double> AnyDouble =
        (from high in Gen.Choose(int.MinValue, int.MaxValue)
         from low in Gen.Choose(int.MinValue, int.MaxValue)
         let value = BitConverter.Int64BitsToDouble(((long)high << 32) | (uint)low)
         where double.IsFinite(value)
         select value).ToArbitrary();

    private static readonly Arbitrary<DateTime> Moments =
        (from day in Gen.Choose(0, 100_000) from second in Gen.Choose(0, 86_399) select new DateTime(1902, 1, 1).AddDays(day).AddSeconds(second)).ToArbitrary();

    private readonly PriceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WhatWasWritten_IsTheSameBitForBit() => Prop.ForAll(Markets, bars =>
    {
        var panel = PanelOf(bars);
        var read = MarketDataLoader.Load([.. PriceWriter.WriteSymbolFiles(panel, _folder.Root)]).Panel;
        return read.Dates.SequenceEqual(panel.Dates) && Bars(read).SequenceEqual(bars);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Load_ShuffledRows_GivesTheSameBars() => Prop.ForAll(Markets, ArbMap.Default.ArbFor<int>(), (bars, seed) =>
    {
        var shuffled = bars.OrderBy(bar => (uint)HashCode.Combine(bar.Time, seed)).ToArray();
        var read = MarketDataLoader.Load([_folder.File("X.csv", Text(shuffled, new Dialect()))]);
        var isOrdered = shuffled.Zip(shuffled.Skip(1), (a, b) => a.Time < b.Time).All(rises => rises) || shuffled.Zip(shuffled.Skip(1), (a, b) => a.Time > b.Time).All(falls => falls);
        return Bars(read.Panel).SequenceEqual(bars) && read.Defects.Any(defect => defect.Code == DefectCodes.Unsorted) == !isOrdered;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Load_AnyDialect_GivesTheSameBars() => Prop.ForAll(Markets, Dialects(), (bars, dialect) =>
        Bars(MarketDataLoader.Load([_folder.File("X.csv", Encoded(bars, dialect))]).Panel).SequenceEqual(bars)).QuickCheckThrowOnFailure();

    [Fact]
    public void Load_LongAndWide_HoldTheSameCloses() => Prop.ForAll(Markets, Markets, (a, b) =>
    {
        var text = "date,symbol,close\n" + string.Concat(a.Select(bar => Line("A", bar)).Concat(b.Select(bar => Line("B", bar))));
        var rows = a.Concat(b).Select(bar => bar.Time).Distinct().Order();
        string Cell(Bar[] bars, DateTime time) => bars.Where(bar => bar.Time == time).Select(bar => bar.Close.ToString(CultureInfo.InvariantCulture)).FirstOrDefault("");
        var wide = "date,A,B\n" + string.Concat(rows.Select(time => FormattableString.Invariant($"{time:yyyy-MM-dd},{Cell(a, time)},{Cell(b, time)}\n")));
        var (x, y) = (MarketDataLoader.Load([_folder.File("L.csv", text)]).Panel, MarketDataLoader.Load([_folder.File("W.csv", wide)]).Panel);
        return x.Dates.SequenceEqual(y.Dates) && x.Close.Zip(y.Close, (p, q) => p.SequenceEqual(q)).All(same => same);

        static string Line(string symbol, Bar bar) => FormattableString.Invariant($"{bar.Time:yyyy-MM-dd},{symbol},{bar.Close}\n");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Load_CutFile_EqualsThePanelUntilThere() => Prop.ForAll(Markets, ArbMap.Default.ArbFor<uint>(), (bars, at) =>
    {
        var steps = 1 + (int)(at % (uint)bars.Length);
        var whole = MarketDataLoader.Load([_folder.File("X.csv", Text(bars, new Dialect()))]).Panel;
        var cut = MarketDataLoader.Load([_folder.File("X.csv", Text(bars[..steps], new Dialect()))]).Panel;
        return Bars(whole.Until(steps)).SequenceEqual(Bars(cut));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParse_AnyDecimal_IsRoundedAsTheFrameworkDoes() => Prop.ForAll(Decimals, number =>
    {
        var digits = number.Mantissa.ToString(CultureInfo.InvariantCulture).PadLeft(number.Decimals + 1, '0');
        var text = number.Decimals == 0 ? digits : digits[..^number.Decimals] + "." + digits[^number.Decimals..];
        return NumberText.TryParse(Encoding.ASCII.GetBytes(text), NumberStyle.Invariant, out var value) && value.Equals(double.Parse(text, CultureInfo.InvariantCulture));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParse_ShortestText_GivesTheDoubleBack() => Prop.ForAll(AnyDouble, value =>
        NumberText.TryParse(Encoding.ASCII.GetBytes(value.ToString("R", CultureInfo.InvariantCulture)), NumberStyle.Invariant, out var read) && read.Equals(value)).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParse_AnyMomentInAnyForm_IsReadBack() => Prop.ForAll(Moments, moment =>
    {
        (string Text, DateStyle Style, TimeSpan Unit)[] forms =
        [
            (moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), new DateStyle(DateOrder.YearMonthDay), TimeSpan.FromSeconds(1)),
            (moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), new DateStyle(DateOrder.YearMonthDay), TimeSpan.FromSeconds(1)),
            (moment.AddHours(5.5).ToString("yyyy-MM-dd HH:mm:ss'+05:30'", CultureInfo.InvariantCulture), new DateStyle(DateOrder.YearMonthDay), TimeSpan.FromSeconds(1)),
            (moment.ToString("yyyy.MM.dd", CultureInfo.InvariantCulture), new DateStyle(DateOrder.YearMonthDay), TimeSpan.FromDays(1)),
            (moment.ToString("dd.MM.yyyy HH:mm:ss.fff", CultureInfo.InvariantCulture), new DateStyle(DateOrder.DayMonthYear), TimeSpan.FromSeconds(1)),
            (moment.ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture), new DateStyle(DateOrder.MonthDayYear), TimeSpan.FromSeconds(1)),
            (moment.ToString("yyyyMMdd HHmmss", CultureInfo.InvariantCulture), new DateStyle(DateOrder.Compact), TimeSpan.FromSeconds(1)),
            (moment.ToString("yyyyMMdd HH:mm", CultureInfo.InvariantCulture), new DateStyle(DateOrder.Compact), TimeSpan.FromMinutes(1)),
            (moment.ToString("MMM d, yyyy", CultureInfo.InvariantCulture), new DateStyle(DateOrder.MonthName), TimeSpan.FromDays(1)),
            (((moment - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture), new DateStyle(DateOrder.Epoch), TimeSpan.FromSeconds(1)),
            (((moment - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond).ToString(CultureInfo.InvariantCulture), new DateStyle(DateOrder.Epoch, EpochUnit.Milliseconds), TimeSpan.FromSeconds(1)),
            (((moment - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture), new DateStyle(DateOrder.Epoch, EpochUnit.Microseconds), TimeSpan.FromSeconds(1)),
        ];
        return forms.All(form => DateText.TryParse(Encoding.ASCII.GetBytes(form.Text), form.Style, out var ticks) && ticks == moment.Ticks - (moment.Ticks % form.Unit.Ticks));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Inspect_AnyBytes_NeverThrowsAnythingButARefusal() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Markets, (noise, bars) =>
    {
        var good = Encoding.UTF8.GetBytes(Text(bars, new Dialect()));
        for (var i = 0; i < noise.Length; i++) good[(noise[i] * 31 * (i + 1)) % good.Length] = noise[noise.Length - 1 - i];
        foreach (var content in (byte[][])[noise, good])
        {
            try
            {
                MarketDataLoader.Inspect([_folder.File("X.csv", content)]);
            }
            catch (PriceDataException)
            {
                // A refusal with a sentence is an answer.
            }
        }
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<Dialect> Dialects() =>
        (from separator in Gen.Elements(',', ';', '\t', '|')
         from comma in ArbMap.Default.ArbFor<bool>().Generator
         from mark in ArbMap.Default.ArbFor<bool>().Generator
         from windows in ArbMap.Default.ArbFor<bool>().Generator
         from gzip in ArbMap.Default.ArbFor<bool>().Generator
         from newest in ArbMap.Default.ArbFor<bool>().Generator
         from date in Gen.Elements("yyyy-MM-dd", "yyyyMMdd", "dd.MM.yyyy", "yyyy/MM/dd", "dd-MMM-yyyy")
         select new Dialect(separator, comma && separator != ',', mark, windows, gzip, newest, date)).ToArbitrary();

    private static byte[] Encoded(Bar[] bars, Dialect dialect)
    {
        var text = Text(dialect.NewestFirst ? [.. bars.Reverse()] : bars, dialect);
        var bytes = Encoding.UTF8.GetBytes((dialect.Mark ? "\uFEFF" : "") + (dialect.Windows ? text.ReplaceLineEndings("\r\n") : text));
        if (!dialect.Gzip) return bytes;
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static string Text(Bar[] bars, Dialect dialect)
    {
        string Number(double value) => dialect.Comma ? value.ToString(CultureInfo.InvariantCulture).Replace('.', ',') : value.ToString(CultureInfo.InvariantCulture);
        var rows = bars.Select(bar => string.Join(dialect.Separator, bar.Time.ToString(dialect.Date, CultureInfo.InvariantCulture), Number(bar.Open), Number(bar.High), Number(bar.Low), Number(bar.Close), Number(bar.Volume)));
        return string.Join('\n', rows.Prepend(string.Join(dialect.Separator, "Date", "Open", "High", "Low", "Close", "Volume"))) + "\n";
    }

    private static Panel PanelOf(Bar[] bars)
    {
        double[][] Column(Func<Bar, double> pick) => [Array.ConvertAll(bars, bar => pick(bar))];
        return new Panel(Array.ConvertAll(bars, bar => bar.Time), ["X"], Column(bar => bar.Open), Column(bar => bar.High), Column(bar => bar.Low), Column(bar => bar.Close), Column(bar => bar.Volume));
    }

    private static IEnumerable<Bar> Bars(Panel panel) => Enumerable.Range(0, panel.Steps).Select(step => panel.At(step, 0));

    private sealed record Dialect(char Separator = ',', bool Comma = false, bool Mark = false, bool Windows = false, bool Gzip = false, bool NewestFirst = false, string Date = "yyyy-MM-dd");
}
