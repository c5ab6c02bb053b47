namespace QuantGrad.MarketData;

/// <summary>A file that bars come from.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Lines">Where its lines begin.</param>
internal sealed record BarSource(string Path, LineIndex Lines)
{
    /// <summary>A source without a text: a bar's place is its number.</summary>
    internal static BarSource Numbered(string name) => new(name, new LineIndex(null));
}

/// <summary>The bars of one symbol as columns, in the order of the file until they are put in order of time.</summary>
/// <param name="symbol">The symbol.</param>
/// <param name="source">The file that the bars come from.</param>
/// <param name="hasOpenHighLow">Whether the source has opens, highs and lows.</param>
/// <param name="hasVolume">Whether the source has volumes.</param>
/// <param name="capacity">How many bars to make room for.</param>
internal sealed class BarSeries(string symbol, BarSource source, bool hasOpenHighLow, bool hasVolume, int capacity = 256)
{
    internal long[] Ticks = GC.AllocateUninitializedArray<long>(capacity);
    internal double[] Open = hasOpenHighLow ? GC.AllocateUninitializedArray<double>(capacity) : [];
    internal double[] High = hasOpenHighLow ? GC.AllocateUninitializedArray<double>(capacity) : [];
    internal double[] Low = hasOpenHighLow ? GC.AllocateUninitializedArray<double>(capacity) : [];
    internal double[] Close = GC.AllocateUninitializedArray<double>(capacity);
    internal double[] Volume = hasVolume ? GC.AllocateUninitializedArray<double>(capacity) : [];

    /// <summary>The byte of its file's text at which each bar's row begins.</summary>
    internal int[] Offsets = GC.AllocateUninitializedArray<int>(capacity);

    /// <summary>The file that each bar comes from, as an index of <see cref="Sources"/>; empty where there is only one.</summary>
    internal int[] SourceOf = [];

    private Func<int[]?>? _places;

    internal string Symbol { get; } = symbol;

    /// <summary>The files that the bars come from.</summary>
    internal BarSource[] Sources { get; init; } = [source];

    /// <summary>Whether intraday bars are stamped at their open.</summary>
    internal bool StampsOpen { get; init; }

    internal bool HasOpenHighLow { get; } = hasOpenHighLow;

    internal bool HasVolume { get; } = hasVolume;

    /// <summary>Whether the bars are in order of time, stamped at their close and checked.</summary>
    internal bool IsPrepared { get; init; }

    /// <summary>The number of bars; the columns may be longer.</summary>
    internal int Count { get; set; }

    internal DateTime Time(int bar) => new(Ticks[bar], DateTimeKind.Utc);

    /// <summary>Leaves <see cref="Offsets"/> empty until a place is asked for.</summary>
    /// <param name="read">Gives them; null where they cannot be had any more.</param>
    internal void DeferPlaces(Func<int[]?> read) => (_places, Offsets) = (read, []);

    /// <summary>Where the bar stands; line 0 where that cannot be told any more.</summary>
    internal BarPlace Place(int bar)
    {
        if (_places is not null) (Offsets, _places) = (_places() ?? [], null);
        var source = Sources[SourceOf.Length == 0 ? 0 : SourceOf[bar]];
        return new BarPlace(source.Path, Offsets.Length == 0 ? 0 : source.Lines.LineOf(Offsets[bar]), Symbol, Time(bar));
    }

    /// <summary>Adds a bar of a close only.</summary>
    internal void Add(long ticks, int offset, double close)
    {
        var bar = Count;
        if (bar == Ticks.Length) Resize(Math.Max(16, bar * 2));
        Ticks[bar] = ticks;
        Offsets[bar] = offset;
        Close[bar] = close;
        Count = bar + 1;
    }

    /// <summary>Adds a bar; columns that the source does not have are passed over.</summary>
    internal void Add(long ticks, int offset, double open, double high, double low, double close, double volume)
    {
        var bar = Count;
        Add(ticks, offset, close);
        if (HasOpenHighLow)
        {
            Open[bar] = open;
            High[bar] = high;
            Low[bar] = low;
        }

        if (HasVolume) Volume[bar] = volume;
    }

    /// <summary>A series over the same columns whose next bar is the given one: a part of a file writes its own stretch.</summary>
    internal BarSeries ViewFrom(int bar) => new(Symbol, Sources[0], HasOpenHighLow, HasVolume, 0)
    {
        Count = bar, Ticks = Ticks, Offsets = Offsets, Open = Open, High = High, Low = Low, Close = Close, Volume = Volume,
    };

    /// <summary>The bars of the given indices, in their order.</summary>
    internal BarSeries Pick(int[] bars)
    {
        T[] Take<T>(T[] column) => column.Length == 0 ? [] : Array.ConvertAll(bars, bar => column[bar]);
        return new BarSeries(Symbol, Sources[0], HasOpenHighLow, HasVolume, 0)
        {
            Sources = Sources, StampsOpen = StampsOpen, Count = bars.Length, SourceOf = Take(SourceOf), Ticks = Take(Ticks), Offsets = Take(Offsets),
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
        Array.Resize(ref Offsets, size);
        Array.Resize(ref Close, size);
        if (HasVolume) Array.Resize(ref Volume, size);
        if (!HasOpenHighLow) return;
        Array.Resize(ref Open, size);
        Array.Resize(ref High, size);
        Array.Resize(ref Low, size);
    }
}
