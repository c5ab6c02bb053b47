namespace QuantGrad.MarketData;

/// <summary>The bars of one symbol as columns, in the order of the file until they are put in order of time.</summary>
/// <param name="symbol">The symbol.</param>
/// <param name="file">The file that the bars come from, as it was given.</param>
/// <param name="hasOpenHighLow">Whether the source has opens, highs and lows.</param>
/// <param name="hasVolume">Whether the source has volumes.</param>
/// <param name="capacity">How many bars to make room for.</param>
internal sealed class BarSeries(string symbol, string file, bool hasOpenHighLow, bool hasVolume, int capacity = 256)
{
    internal long[] Ticks = new long[capacity];
    internal double[] Open = hasOpenHighLow ? new double[capacity] : [];
    internal double[] High = hasOpenHighLow ? new double[capacity] : [];
    internal double[] Low = hasOpenHighLow ? new double[capacity] : [];
    internal double[] Close = new double[capacity];
    internal double[] Volume = hasVolume ? new double[capacity] : [];

    /// <summary>The line that each bar stands on.</summary>
    internal int[] Lines = new int[capacity];

    /// <summary>The file that each bar comes from, as an index of <see cref="Files"/>; empty where there is only one.</summary>
    internal int[] FileOf = [];

    internal string Symbol { get; } = symbol;

    /// <summary>The files that the bars come from.</summary>
    internal string[] Files { get; init; } = [file];

    /// <summary>Whether intraday bars are stamped at their open.</summary>
    internal bool StampsOpen { get; init; }

    internal bool HasOpenHighLow { get; } = hasOpenHighLow;

    internal bool HasVolume { get; } = hasVolume;

    /// <summary>The number of bars; the columns may be longer.</summary>
    internal int Count { get; set; }

    internal DateTime Time(int bar) => new(Ticks[bar], DateTimeKind.Utc);

    /// <summary>Where the bar stands.</summary>
    internal BarPlace Place(int bar) => new(Files[FileOf.Length == 0 ? 0 : FileOf[bar]], Lines[bar], Symbol, Time(bar));

    /// <summary>Adds a bar of a close only.</summary>
    internal void Add(long ticks, int line, double close)
    {
        if (Count == Ticks.Length) Resize(Math.Max(16, Count * 2));
        Ticks[Count] = ticks;
        Lines[Count] = line;
        Close[Count] = close;
        Count++;
    }

    /// <summary>Adds a bar; columns that the source does not have are passed over.</summary>
    internal void Add(long ticks, int line, double open, double high, double low, double close, double volume)
    {
        var bar = Count;
        Add(ticks, line, close);
        if (HasOpenHighLow)
        {
            Open[bar] = open;
            High[bar] = high;
            Low[bar] = low;
        }

        if (HasVolume) Volume[bar] = volume;
    }

    /// <summary>The bars of the given indices, in their order.</summary>
    internal BarSeries Pick(int[] bars)
    {
        T[] Take<T>(T[] column) => column.Length == 0 ? [] : Array.ConvertAll(bars, bar => column[bar]);
        return new BarSeries(Symbol, "", HasOpenHighLow, HasVolume, 0)
        {
            Files = Files, StampsOpen = StampsOpen, Count = bars.Length, FileOf = Take(FileOf), Ticks = Take(Ticks), Lines = Take(Lines),
            Open = Take(Open), High = Take(High), Low = Take(Low), Close = Take(Close), Volume = Take(Volume),
        };
    }

    /// <summary>The bars from the first index to before the last.</summary>
    internal BarSeries Range(int first, int end)
    {
        if (first == 0 && end == Count) return this;
        var bars = Enumerable.Range(first, end - first).ToArray();
        return Pick(bars);
    }

    private void Resize(int size)
    {
        Array.Resize(ref Ticks, size);
        Array.Resize(ref Lines, size);
        Array.Resize(ref Close, size);
        if (HasVolume) Array.Resize(ref Volume, size);
        if (!HasOpenHighLow) return;
        Array.Resize(ref Open, size);
        Array.Resize(ref High, size);
        Array.Resize(ref Low, size);
    }
}
