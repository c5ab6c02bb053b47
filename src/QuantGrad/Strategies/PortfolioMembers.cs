namespace QuantGrad.Strategies;

/// <summary>
/// The symbols among which equity is shared in equal parts: those that could be traded once and whose newest bar is not stale. A symbol whose exchange rests today keeps its
/// weight, and so its share; if only the symbols with a bar counted, each holiday would double the positions of everybody else.
/// </summary>
/// <param name="assets">A.</param>
internal sealed class PortfolioMembers(int assets)
{
    /// <summary>A symbol without a bar for more than this many bars of the calendar is closed at its last known price.</summary>
    public const int StaleAfterBars = 10;

    private readonly int[] barsSince = new int[assets];
    private readonly bool[] hasBegun = new bool[assets];
    private readonly bool[] isMember = new bool[assets];

    /// <summary>How many they are.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a symbol's cell of the next date; each symbol once a date.</summary>
    /// <param name="asset">The symbol.</param>
    /// <param name="hasBar">Whether it has a bar.</param>
    /// <param name="isTraded">Whether it can be traded on.</param>
    public void See(int asset, bool hasBar, bool isTraded)
    {
        Count -= isMember[asset] ? 1 : 0;
        barsSince[asset] = hasBar ? 0 : barsSince[asset] + 1;
        hasBegun[asset] |= hasBar;
        isMember[asset] = (isMember[asset] || isTraded) && !IsStale(asset);
        Count += isMember[asset] ? 1 : 0;
    }

    /// <summary>Whether the symbol has been silent for so long that what is held of it is closed.</summary>
    public bool IsStale(int asset) => hasBegun[asset] && barsSince[asset] > StaleAfterBars;
}
