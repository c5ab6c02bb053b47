using System.Globalization;
using System.Runtime.CompilerServices;

namespace QuantGrad.MarketData;

/// <summary>How a file writes numbers.</summary>
/// <param name="Decimal">The decimal mark, a point or a comma.</param>
/// <param name="Group">The thousands mark; 0 where the file has none.</param>
public readonly record struct NumberStyle(char Decimal, char Group)
{
    /// <summary>A decimal point and no thousands mark.</summary>
    public static readonly NumberStyle Invariant = new('.', '\0');
}

/// <summary>Reads numbers out of UTF-8 text, exactly rounded.</summary>
internal static class NumberText
{
    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>
    /// The plain form <c>-123.45</c>: digits as m, k of them behind the point, is m/10^k. Both are exact doubles while m &lt; 2^53 and
    /// k ≤ 22, so the one division rounds correctly (Clinger 1990); anything else goes to <see cref="TryParse(ReadOnlySpan{byte}, NumberStyle, out double)"/>.
    /// </summary>
    /// <returns>False where the text is not of the plain form, which does not mean that it is not a number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryParsePlain(ReadOnlySpan<byte> text, out double value)
    {
        ulong mantissa = 0;
        int point = -1, first = text.Length > 0 && text[0] == '-' ? 1 : 0;
        for (var i = first; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9) mantissa = (mantissa * 10) + digit;
            else if (text[i] == '.' && point < 0) point = i;
            else { value = double.NaN; return false; }
        }

        var decimals = point < 0 ? 0 : text.Length - 1 - point;
        var digits = text.Length - first - (point < 0 ? 0 : 1);
        value = mantissa / PowersOfTen[Math.Min(decimals, 22)];
        if (first == 1) value = -value;
        return digits is > 0 and <= 19 && mantissa < 1UL << 53;
    }

    /// <summary>Any number in the file's style, with exponent, sign, thousands marks or K, M, B behind it.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, NumberStyle style, out double value)
    {
        if (style == NumberStyle.Invariant && TryParsePlain(text, out value)) return true;
        value = double.NaN;
        Span<char> plain = stackalloc char[64];
        var length = 0;
        var scale = 1.0;
        text = text.Trim(" \t"u8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = (char)text[i];
            if (length == plain.Length) return false;
            if (style.Group != '\0' && c == style.Group && i > 0 && i + 1 < text.Length) continue;
            if (i > 0 && i == text.Length - 1 && "KMBkmb".Contains(c, StringComparison.Ordinal))
            {
                scale = char.ToUpperInvariant(c) switch { 'K' => 1e3, 'M' => 1e6, _ => 1e9 };
                continue;
            }

            if (c == '.' && style.Decimal != '.') return false;
            plain[length++] = c == style.Decimal ? '.' : c;
        }

        if (!double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value) || !double.IsFinite(value)) return false;
        value *= scale;
        return true;
    }

    /// <summary>Whether the cell says that there is no value: empty, <c>null</c>, <c>N/D</c>, <c>NaN</c>, a lone dash or point.</summary>
    internal static bool IsNull(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t"u8);
        if (text.Length == 0) return true;
        if (text.Length > 6 || (uint)(text[0] - '0') <= 9) return false;
        Span<char> lower = stackalloc char[6];
        for (var i = 0; i < text.Length; i++) lower[i] = char.ToLowerInvariant((char)text[i]);
        return lower[..text.Length].Trim() is "" or "null" or "nan" or "na" or "n/a" or "n/d" or "none" or "nil" or "-" or "." or "#n/a" or "nat";
    }
}
