namespace QuantGrad.MarketData;

/// <summary>The stable codes of all defects, with what a run does about each.</summary>
public static class DefectCodes
{
    /// <summary>The file is a web page, a JSON message or a vendor's refusal instead of prices.</summary>
    public const string NotPrices = "not-prices";

    /// <summary>The compressed file is damaged, cut off, or holds more than one file.</summary>
    public const string DamagedArchive = "damaged-archive";

    /// <summary>The columns do not hold a date and a close, or the layout is not known.</summary>
    public const string UnknownLayout = "unknown-layout";

    /// <summary>The file holds no bar.</summary>
    public const string NoBars = "no-bars";

    /// <summary>A cell that should be a number is not.</summary>
    public const string BadCell = "bad-cell";

    /// <summary>A row of a file with a symbol column names none.</summary>
    public const string BlankSymbol = "blank-symbol";

    /// <summary>A date cannot be read in the file's format.</summary>
    public const string BadDate = "bad-date";

    /// <summary>Every date can be read day first and month first.</summary>
    public const string AmbiguousDate = "ambiguous-date";

    /// <summary>A row has fewer or more cells than the header.</summary>
    public const string RaggedRow = "ragged-row";

    /// <summary>The last line broke off in the middle.</summary>
    public const string PartialLastLine = "partial-last-line";

    /// <summary>A row without a close.</summary>
    public const string NullRow = "null-row";

    /// <summary>A wide file's column holds no value.</summary>
    public const string EmptySymbol = "empty-symbol";

    /// <summary>The rows are neither oldest first nor newest first.</summary>
    public const string Unsorted = "unsorted";

    /// <summary>The same bar twice, with the same values.</summary>
    public const string RepeatedRow = "repeated-row";

    /// <summary>Two bars of one date with different values.</summary>
    public const string DuplicateDate = "duplicate-date";

    /// <summary>The last bar is of an unfinished period, off the file's grid.</summary>
    public const string LiveRow = "live-row";

    /// <summary>Daily bars stamped on the evening before their session.</summary>
    public const string EveningSession = "evening-session";

    /// <summary>A close at or below zero.</summary>
    public const string NonPositivePrice = "nonpositive-price";

    /// <summary>An open, high or low at or below zero beside a positive close.</summary>
    public const string MissingOpenHighLow = "missing-ohl";

    /// <summary>The high is below the low.</summary>
    public const string HighBelowLow = "high-below-low";

    /// <summary>The open or the close lies outside high and low.</summary>
    public const string OutsideRange = "outside-range";

    /// <summary>A volume below zero.</summary>
    public const string NegativeVolume = "negative-volume";

    /// <summary>No volume on some bars, although others have one.</summary>
    public const string ZeroVolume = "zero-volume";

    /// <summary>Open, high, low and close are one number, bar after bar.</summary>
    public const string FlatBars = "flat-bars";

    /// <summary>The close does not move for many bars.</summary>
    public const string ConstantRun = "constant-run";

    /// <summary>A jump that looks like a split which the prices were not adjusted for.</summary>
    public const string UnadjustedSplit = "unadjusted-split";

    /// <summary>One bar far away from the bars before and after it.</summary>
    public const string Spike = "spike";

    /// <summary>Prices 100 times too high or too low for a stretch (pounds and pence).</summary>
    public const string UnitMixUp = "unit-mix-up";

    /// <summary>A move of more than 40% in one bar, far beyond the symbol's other moves of the time.</summary>
    public const string Jump = "jump";

    /// <summary>A factor of 20 or more between two neighbouring bars, in either direction, that is no split.</summary>
    public const string ImpossibleJump = "impossible-jump";

    /// <summary>A stretch without bars that is longer than the market's breaks.</summary>
    public const string Gap = "gap";

    /// <summary>Symbols with bars of different lengths, such as daily and weekly ones.</summary>
    public const string MixedIntervals = "mixed-intervals";

    /// <summary>Symbols that live at the same time without having bars at the same moments.</summary>
    public const string NoCommonDates = "no-common-dates";

    /// <summary>Bars are missing on dates on which the other symbols have one.</summary>
    public const string MissingBars = "missing-bars";

    /// <summary>Many bars are missing inside the sessions.</summary>
    public const string SparseBars = "sparse-bars";

    /// <summary>The epoch's unit changes inside the file.</summary>
    public const string MixedEpochUnit = "mixed-epoch-unit";

    /// <summary>What a run does about a defect of this code.</summary>
    public static DefectPolicy PolicyOf(string code) => code switch
    {
        NotPrices or DamagedArchive or UnknownLayout or NoBars or BadCell or BlankSymbol or BadDate or RaggedRow or DuplicateDate or NonPositivePrice or HighBelowLow or UnitMixUp or ImpossibleJump
            or MixedIntervals or NoCommonDates
            => DefectPolicy.Fail,
        PartialLastLine or NullRow or EmptySymbol or Unsorted or RepeatedRow or LiveRow or EveningSession or MissingOpenHighLow or NegativeVolume or MixedEpochUnit
            => DefectPolicy.Fix,
        _ => DefectPolicy.Warn,
    };
}
