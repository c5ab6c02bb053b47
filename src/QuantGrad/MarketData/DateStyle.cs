namespace QuantGrad.MarketData;

/// <summary>In which order a file writes a date.</summary>
public enum DateOrder
{
    /// <summary>2024-03-28, 2024.03.28, 2024/03/28.</summary>
    YearMonthDay,

    /// <summary>28.03.2024, 28/03/2024.</summary>
    DayMonthYear,

    /// <summary>3/28/2024.</summary>
    MonthDayYear,

    /// <summary>20240328, also with the time behind it.</summary>
    Compact,

    /// <summary>A count since 1970-01-01 UTC.</summary>
    Epoch,

    /// <summary>With an English month: 28-Mar-2024, Mar 28, 2024.</summary>
    MonthName,
}

/// <summary>The unit of an epoch time stamp.</summary>
public enum EpochUnit
{
    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Microseconds.</summary>
    Microseconds,

    /// <summary>Nanoseconds.</summary>
    Nanoseconds,
}

/// <summary>How a file writes its dates.</summary>
/// <param name="Order">The order of year, month and day.</param>
/// <param name="Unit">The epoch's unit, for <see cref="DateOrder.Epoch"/>; larger stamps are read in their own unit.</param>
/// <param name="LocalDays">Every stamp has an offset and a day has one bar: such bars are of the date on their own clock, so that the offset is passed over.</param>
public readonly record struct DateStyle(DateOrder Order, EpochUnit Unit = EpochUnit.Seconds, bool LocalDays = false);
