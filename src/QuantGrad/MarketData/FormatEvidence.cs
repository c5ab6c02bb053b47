using System.Globalization;
using System.Text;

namespace QuantGrad.MarketData;

/// <summary>What cells tell about how a file writes dates and numbers; rows are shown to it one by one.</summary>
internal sealed class FormatEvidence
{
    private int _decimalComma, _decimalPoint, _maybeGroupComma, _groupComma, _groupPoint, _groupBlank, _groupQuote;
    private int _dates, _digitsOnly, _compact, _named, _yearFirst, _otherOrder, _localMidnight, _offsets, _dots;
    private int _firstAbove12, _secondAbove12;
    private readonly Dictionary<int, (double Plain, double Marked)> _neighbours = [];
    private int _groupVotes, _decimalVotes;
    private (string Cell, int Hour) _lastStamp = ("", 0);
    private int _dayPairs, _otherPairs;
    private double _largestStamp, _smallestStamp = double.PositiveInfinity;

    /// <summary>Whether any date cell was shown and understood.</summary>
    internal bool HasDates => _dates > 0;

    /// <summary>Whether the dates are of digits only and no calendar date.</summary>
    internal bool IsEpoch => _dates > 0 && _digitsOnly == _dates && _compact < _dates;

    /// <summary>Whether day and month could not be told apart.</summary>
    internal bool IsAmbiguous => _otherOrder > 0 && _firstAbove12 == 0 && _secondAbove12 == 0 && _dots == 0;

    /// <summary>Whether the stamps are of several units, none of which is seconds: a joint of two files.</summary>
    internal bool HasMixedEpochs => IsEpoch && DateText.UnitOf((long)_smallestStamp) is var low && low >= EpochUnit.Milliseconds && low != DateText.UnitOf((long)_largestStamp);

    /// <summary>Whether more rows would help to tell day from month.</summary>
    internal bool WantsMoreDates => _otherOrder > 0 && _firstAbove12 == 0 && _secondAbove12 == 0;

    /// <summary>Notes a cell of the date column.</summary>
    /// <returns>Whether it looks like a date at all.</returns>
    internal bool AddDate(string cell)
    {
        cell = cell.Trim();
        if (cell.Length is < 5 or > 40) return false;
        var digits = cell.TakeWhile(char.IsAsciiDigit).Count();
        if (digits >= 8 && (cell.Length == digits || (digits == 8 && cell[8] is ' ' or 'T')) && LooksCompact(cell))
        {
            _compact++;
            _digitsOnly++;
            _dates++;
            return true;
        }

        if ((digits == cell.Length || cell[0] is '-' or '+' || cell[digits] is '.' or 'e' or 'E') && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var stamp) && Math.Abs(stamp) > 1e6)
        {
            _digitsOnly++;
            _dates++;
            _largestStamp = Math.Max(_largestStamp, Math.Abs(stamp));
            _smallestStamp = Math.Min(_smallestStamp, Math.Abs(stamp));
            return true;
        }

        if (cell.AsSpan().ContainsAnyInRange('A', 'z') && DateText.TryParse(Encoding.UTF8.GetBytes(cell), new DateStyle(DateOrder.MonthName), out _))
        {
            _named++;
            _dates++;
            return true;
        }

        if (digits is 0 or 3 || digits > 4 || digits >= cell.Length || cell[digits] is not ('-' or '/' or '.')) return false;
        var rest = cell[(digits + 1)..];
        var second = rest.TakeWhile(char.IsAsciiDigit).Count();
        if (second is 0 or > 2 || second >= rest.Length || rest[second] != cell[digits]) return false;
        _dates++;
        NoteOffset(cell);
        if (digits == 4)
        {
            _yearFirst++;
            return true;
        }

        _otherOrder++;
        if (cell[digits] == '.') _dots++;
        if (int.Parse(cell[..digits], CultureInfo.InvariantCulture) > 12) _firstAbove12++;
        if (int.Parse(rest[..second], CultureInfo.InvariantCulture) > 12) _secondAbove12++;
        return true;
    }

    /// <summary>Notes a cell of a price or volume column.</summary>
    internal void AddNumber(string cell, int column)
    {
        int comma = cell.LastIndexOf(','), point = cell.LastIndexOf('.');
        if (cell.Contains(' ', StringComparison.Ordinal)) _groupBlank++;
        if (cell.Contains('\'', StringComparison.Ordinal)) _groupQuote++;
        if (comma >= 0 && point >= 0)
        {
            if (comma > point) { _decimalComma++; _groupPoint++; }
            else { _decimalPoint++; _groupComma++; }
        }
        else if (comma >= 0)
        {
            if (cell.IndexOf(',', StringComparison.Ordinal) != comma) _groupComma++;
            else if (cell.Length - comma - 1 == 3 && comma is > 0 and <= 4 && cell[0] != '0')
            {
                _maybeGroupComma++;
                Compare(column, double.NaN, cell);
            }
            else _decimalComma++;
        }
        else if (point >= 0)
        {
            if (cell.IndexOf('.', StringComparison.Ordinal) != point) _groupPoint++;
            else _decimalPoint++;
        }
        else
        {
            Compare(column, double.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole > 0 ? whole : double.NaN, null);
        }
    }

    /// <summary>How the numbers are written.</summary>
    internal NumberStyle Numbers(char separator)
    {
        var isComma = _decimalComma > 0 || (_maybeGroupComma > 0 && _decimalPoint == 0 && _groupComma == 0 && separator != ',' && _groupVotes <= _decimalVotes);
        var group = isComma switch
        {
            true when _groupPoint > 0 => '.',
            false when _groupComma + _maybeGroupComma > 0 => ',',
            _ => _groupBlank > 0 ? ' ' : _groupQuote > 0 ? '\'' : '\0',
        };
        return new NumberStyle(isComma ? ',' : '.', group);
    }

    /// <summary>How the dates are written; where day and month are ambiguous, points mean day first and strokes month first.</summary>
    internal DateStyle Dates()
    {
        if (_named > 0 && _named * 2 > _dates) return new DateStyle(DateOrder.MonthName);
        if (_compact > 0 && _compact == _digitsOnly) return new DateStyle(DateOrder.Compact);
        if (_digitsOnly > 0 && _digitsOnly * 2 > _dates)
        {
            // Stamps near 1970 are small in every unit: the largest tells it, unless even the smallest is plain.
            var (low, high) = (DateText.UnitOf((long)_smallestStamp), DateText.UnitOf((long)_largestStamp));
            return new DateStyle(DateOrder.Epoch, low >= EpochUnit.Milliseconds ? low : high);
        }

        var localDays = _offsets == _dates && (_localMidnight == _dates || (_dayPairs > 0 && _otherPairs * 10 < _dayPairs));
        if (_yearFirst >= _otherOrder) return new DateStyle(DateOrder.YearMonthDay, LocalDays: localDays);
        var dayFirst = _firstAbove12 != _secondAbove12 ? _firstAbove12 > _secondAbove12 : _dots > 0;
        return new DateStyle(dayFirst ? DateOrder.DayMonthYear : DateOrder.MonthDayYear, LocalDays: localDays);
    }

    // 1,005 is 1005 beside 995 and 1.005 beside 1: of both readings the one nearer to the column's whole numbers.
    private void Compare(int column, double plain, string? marked)
    {
        var (lastPlain, lastMarked) = _neighbours.TryGetValue(column, out var last) ? last : (double.NaN, double.NaN);
        if (marked is not null && !double.TryParse(marked.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out lastMarked)) return;
        if (!double.IsNaN(plain)) lastPlain = plain;
        _neighbours[column] = (lastPlain, lastMarked);
        if (lastPlain > lastMarked * Math.Sqrt(1000)) _groupVotes++;
        else if (lastPlain <= lastMarked * Math.Sqrt(1000)) _decimalVotes++;
    }

    private static bool LooksCompact(string cell) =>
        DateText.TryParse(Encoding.UTF8.GetBytes(cell), new DateStyle(DateOrder.Compact), out var ticks)
        && ticks >= new DateTime(1700, 1, 1).Ticks && ticks < new DateTime(2200, 1, 1).Ticks && cell.Length is 8 or 12 or 14 or > 9;

    private void NoteOffset(string cell)
    {
        var time = cell.IndexOfAny([' ', 'T']);
        if (time < 0) return;
        if (cell.AsSpan(time).IndexOfAny('+', '-') > 0) _offsets++;
        NoteHour(cell, time);
        if (cell.AsSpan(time + 1).StartsWith("00:00:00", StringComparison.Ordinal) || cell.AsSpan(time + 1).StartsWith("00:00+", StringComparison.Ordinal)) _localMidnight++;
    }

    // Bars of a day follow one another on other dates at about the same hour (a half day ends earlier); closer ones do not.
    private void NoteHour(string cell, int time)
    {
        var clock = cell.AsSpan(time + 1);
        var hour = clock.Length >= 2 && int.TryParse(clock[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
        var (last, lastHour) = _lastStamp;
        _lastStamp = (cell, hour);
        if (last.Length == 0 || string.Equals(cell, last, StringComparison.Ordinal)) return;
        if (!last.AsSpan().StartsWith(cell.AsSpan(0, time), StringComparison.Ordinal) && Math.Abs(hour - lastHour) <= 4) _dayPairs++;
        else _otherPairs++;
    }
}
