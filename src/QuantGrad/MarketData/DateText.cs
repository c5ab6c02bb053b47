using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace QuantGrad.MarketData;

/// <summary>Reads dates out of UTF-8 text as ticks of UTC.</summary>
internal static class DateText
{
    private static readonly string[] NamedFormats =
        ["d-MMM-yyyy", "d MMM yyyy", "MMM d, yyyy", "d-MMM-yy", "MMM d yyyy", "MMMM d, yyyy", "d MMMM yyyy", "yyyy-MMM-d", "dMMMyyyy"];

    /// <summary>Reads one stamp in the file's style.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, DateStyle style, out long ticks)
    {
        if (style.Order == DateOrder.YearMonthDay && TryParseIso(text, out ticks)) return true;
        ticks = 0;
        text = text.Trim(" "u8);
        switch (style.Order)
        {
            case DateOrder.Epoch: return TryParseEpoch(text, style.Unit, out ticks);
            case DateOrder.MonthName:
                if (!DateTime.TryParseExact(Encoding.UTF8.GetString(text).Trim(), NamedFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var named)) return false;
                ticks = named.Ticks;
                return true;
            case DateOrder.Compact:
                return text.Length >= 8 && TryDigits(text[..8], out var date)
                    && TryDate(date / 10000, date / 100 % 100, date % 100, out ticks) && TryAddTime(text[8..], style.LocalDays, ref ticks);
        }

        var rest = text;
        if (!TryNumber(ref rest, out var a) || !TrySeparator(ref rest) || !TryNumber(ref rest, out var b) || !TrySeparator(ref rest) || !TryNumber(ref rest, out var c)) return false;
        var (year, month, day) = style.Order switch
        {
            DateOrder.YearMonthDay => (a, b, c),
            DateOrder.DayMonthYear => (c, b, a),
            _ => (c, a, b),
        };
        if (style.Order != DateOrder.YearMonthDay && year < 100) year += year < 70 ? 2000 : 1900;
        return TryDate(year, month, day, out ticks) && TryAddTime(rest, style.LocalDays, ref ticks);
    }

    /// <summary>The plain forms <c>2024-03-28</c> and <c>2024-03-28 15:30:00</c>, digits at fixed places; anything else takes the long way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryParseIso(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length is not (10 or 19) || text[4] != '-' || text[7] != '-') return false;
        int year = (Two(text[..2]) * 100) + Two(text[2..4]), month = Two(text[5..7]), day = Two(text[8..10]);
        if ((year | month | day) < 0 || !TryDate(year, month, day, out ticks)) return false;
        if (text.Length == 10) return true;
        int hour = Two(text[11..13]), minute = Two(text[14..16]), second = Two(text[17..19]);
        if ((uint)hour > 23 || (uint)minute > 59 || (uint)second > 59 || text[10] is not ((byte)' ' or (byte)'T') || text[13] != ':' || text[16] != ':') return false;
        ticks += ((hour * 3600L) + (minute * 60) + second) * TimeSpan.TicksPerSecond;
        return true;

        // Two digits as a number, or a negative one.
        static int Two(ReadOnlySpan<byte> pair)
        {
            int tens = pair[0] - '0', ones = pair[1] - '0';
            return (uint)tens <= 9 && (uint)ones <= 9 ? (tens * 10) + ones : -10_000;
        }
    }

    /// <summary>Reads a time of day in its own column: <c>15:30</c>, <c>15:30:00</c>, <c>153000</c>; adds it to <paramref name="ticks"/>.</summary>
    internal static bool TryAddTime(ReadOnlySpan<byte> text, bool localDays, ref long ticks)
    {
        text = text.TrimStart("T ,"u8).TrimEnd(" "u8);
        if (text.Length == 0) return true;
        long seconds, fraction = 0;
        if (!TryNumber(ref text, out var hours, out var digits)) return false;
        if (text.Length == 0 || text[0] != ':')
        {
            // 153000 and 1530 without colons; a lone 0 stands for midnight.
            if (digits > 4) seconds = (hours / 10000 * 3600) + (hours / 100 % 100 * 60) + (hours % 100);
            else seconds = digits > 2 ? (hours / 100 * 3600) + (hours % 100 * 60) : hours * 3600;
        }
        else
        {
            text = text[1..];
            if (!TryNumber(ref text, out var minutes) || hours > 24 || minutes > 59) return false;
            seconds = (hours * 3600L) + (minutes * 60);
            if (text.Length > 0 && text[0] == ':')
            {
                text = text[1..];
                if (!TryNumber(ref text, out var s) || s > 60) return false;
                seconds += s;
                if (text.Length > 0 && text[0] is (byte)'.' or (byte)',')
                {
                    text = text[1..];
                    if (!TryNumber(ref text, out var f, out digits) || digits > 9) return false;
                    fraction = f;
                    for (; digits < 7; digits++) fraction *= 10;
                    for (; digits > 7; digits--) fraction /= 10;
                }
            }
        }

        if (!TryZone(text, out var offset, ref seconds) || seconds > 86400) return false;
        ticks += (seconds * TimeSpan.TicksPerSecond) + fraction;
        if (!localDays) ticks -= offset;
        return true;
    }

    private static bool TryZone(ReadOnlySpan<byte> text, out long offset, ref long seconds)
    {
        offset = 0;
        text = text.Trim(" "u8);
        if (text.Length == 2 && text[1] is (byte)'M' or (byte)'m')
        {
            var noon = seconds >= 12 * 3600;
            if (text[0] is (byte)'P' or (byte)'p') seconds += noon ? 0 : 12 * 3600;
            else seconds -= noon ? 12 * 3600 : 0;
            return true;
        }

        if (text.Length == 0 || text.SequenceEqual("Z"u8) || text.SequenceEqual("UTC"u8) || text.SequenceEqual("GMT"u8)) return true;
        if (text.StartsWith("GMT"u8) || text.StartsWith("UTC"u8)) text = text[3..];
        if (text[0] is not ((byte)'+' or (byte)'-')) return false;
        var sign = text[0] == '-' ? -1 : 1;
        text = text[1..];
        if (!TryNumber(ref text, out var hours, out var digits)) return false;
        var minutes = 0;
        if (digits == 4) (hours, minutes) = (hours / 100, hours % 100);
        else if (text.Length > 0 && text[0] == ':')
        {
            text = text[1..];
            if (!TryNumber(ref text, out minutes)) return false;
        }

        offset = sign * ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute;
        return text.Length == 0 && hours <= 15;
    }

    private static bool TryParseEpoch(ReadOnlySpan<byte> text, EpochUnit floor, out long ticks)
    {
        ticks = 0;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var stamp))
        {
            // Stamps with a fraction or an exponent (1711584000.5, 1.7e9) carry at most microseconds.
            if (!NumberText.TryParse(text, NumberStyle.Invariant, out var number) || Math.Abs(number) > 9e15) return false;
            floor = (EpochUnit)Math.Max((int)floor, (int)UnitOf((long)number));
            if (floor == EpochUnit.Seconds) (number, floor) = (number * 1e6, EpochUnit.Microseconds);
            stamp = (long)Math.Round(number);
        }

        var perTick = Math.Max((int)floor, (int)UnitOf(stamp)) switch { 0 => TimeSpan.TicksPerSecond, 1 => TimeSpan.TicksPerMillisecond, 2 => TimeSpan.TicksPerMicrosecond, _ => 0 };
        if (perTick == 0) stamp /= 100;
        else if (Math.Abs((double)stamp) > (double)(DateTime.MaxValue.Ticks / perTick)) return false;
        else stamp *= perTick;
        ticks = DateTime.UnixEpoch.Ticks + stamp;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    /// <summary>The smallest unit in which the stamp lies before the year 5138.</summary>
    internal static EpochUnit UnitOf(long stamp) => Math.Abs((double)stamp) switch
    {
        < 1e11 => EpochUnit.Seconds,
        < 1e14 => EpochUnit.Milliseconds,
        < 1e17 => EpochUnit.Microseconds,
        _ => EpochUnit.Nanoseconds,
    };

    private static bool TryDate(int year, int month, int day, out long ticks)
    {
        ticks = 0;
        if (year is < 1600 or > 2400 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        ticks = new DateTime(year, month, day).Ticks;
        return true;
    }

    private static bool TrySeparator(ref ReadOnlySpan<byte> text)
    {
        if (text.Length == 0 || text[0] is not ((byte)'-' or (byte)'/' or (byte)'.')) return false;
        text = text[1..];
        return true;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> text, out int value) => TryNumber(ref text, out value, out _);

    private static bool TryNumber(ref ReadOnlySpan<byte> text, out int value, out int digits)
    {
        value = digits = 0;
        while (digits < text.Length && digits < 9 && (uint)(text[digits] - '0') <= 9) value = (value * 10) + (text[digits++] - '0');
        text = text[digits..];
        return digits > 0;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        var rest = text;
        return TryNumber(ref rest, out value) && rest.Length == 0;
    }
}
