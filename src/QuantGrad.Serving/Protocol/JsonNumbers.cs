using System.Buffers.Text;
using System.Numerics;
using System.Text;

namespace QuantGrad.Serving.Protocol;

/// <summary>
/// Reads the numbers of a JSON array, flat or nested as a shape, straight out of UTF-8: several times faster than a general reader, where most of a
/// request is numbers. It takes exactly what JSON takes; the test beside it holds it to <see cref="System.Text.Json.Utf8JsonReader"/>.
/// </summary>
/// <param name="json">The whole text.</param>
/// <param name="at">Where to begin: just behind the opening bracket.</param>
internal ref struct JsonNumbers(ReadOnlySpan<byte> json, int at)
{
    private const int ExactPowers = 22;
    private const ulong ExactMantissa = 1UL << 53;

    private static readonly double[] Powers = [.. Enumerable.Range(0, ExactPowers + 1).Select(power => Math.Pow(10, power))];

    private readonly ReadOnlySpan<byte> json = json;

    /// <summary>Where the reading stands.</summary>
    public int Position { get; private set; } = at;

    /// <summary>The next byte that is not white space; 0 at the end.</summary>
    public byte Peek()
    {
        var position = Position;
        while ((uint)position < (uint)json.Length && json[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') position++;
        Position = position;
        return (uint)position < (uint)json.Length ? json[position] : (byte)0;
    }

    /// <summary>Passes over the byte that <see cref="Peek"/> gave.</summary>
    public void Skip() => Position++;

    /// <summary>Reads one number.</summary>
    /// <typeparam name="T">float, double or long.</typeparam>
    /// <param name="name">The tensor, for messages.</param>
    /// <exception cref="RequestException">It is no JSON number, or none of the type.</exception>
    public T Read<T>(string name)
        where T : unmanaged, INumber<T>
    {
        var start = Position;
        var (mantissa, digits, exponent, negative) = Scan(name);
        if (typeof(T) == typeof(long)) return Whole<T>(start, name);
        if (digits <= 18 && mantissa <= ExactMantissa && Math.Abs(exponent) <= ExactPowers)
        {
            // Both are exact, so that the quotient or product is the nearest double (Clinger 1990, "How to read floating point numbers accurately").
            var value = exponent < 0 ? mantissa / Powers[-exponent] : mantissa * Powers[exponent];
            if (typeof(T) == typeof(double)) return T.CreateTruncating(negative ? -value : value);
            if (!IsHalfway(value)) return T.CreateTruncating(negative ? -(float)value : (float)value);
        }

        return Exactly<T>(start, name);
    }

    /// <summary>Passes over a number, strictly as JSON writes it, and gives its digits as far as they fit.</summary>
    private (ulong Mantissa, int Digits, int Exponent, bool Negative) Scan(string name)
    {
        var (position, mantissa, digits, exponent) = (Position, 0UL, 0, 0);
        var negative = At(position) == '-';
        if (negative) position++;
        var first = position;
        while (IsDigit(At(position))) Take(ref mantissa, ref digits, At(position++));
        if (position == first || (At(first) == '0' && position > first + 1)) throw Unfit(Position, name);
        if (At(position) == '.')
        {
            var point = ++position;
            while (IsDigit(At(position))) Take(ref mantissa, ref digits, At(position++));
            if (position == point) throw Unfit(Position, name);
            exponent = point - position;
        }

        if ((At(position) | 0x20) == 'e')
        {
            position++;
            var minus = At(position) == '-';
            if (minus || At(position) == '+') position++;
            var (power, begin) = (0, position);
            while (IsDigit(At(position))) power = Math.Min(100_000, (power * 10) + At(position++) - '0');
            if (position == begin) throw Unfit(Position, name);
            exponent += minus ? -power : power;
        }

        if (At(position) is not ((byte)',' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')) throw Unfit(Position, name);
        Position = position;
        return (mantissa, digits, exponent, negative);
    }

    private static void Take(ref ulong mantissa, ref int digits, byte digit)
    {
        if (mantissa == 0 && digit == '0') return; // zeros in front do not count
        if (++digits <= 18) mantissa = (mantissa * 10) + digit - '0';
    }

    /// <summary>Whether the nearest float of a double may not be the nearest float of the decimal that the double came from: it lies (almost) between two.</summary>
    private static bool IsHalfway(double value)
    {
        const ulong below = (1UL << 29) - 1, half = 1UL << 28;
        var rest = BitConverter.DoubleToUInt64Bits(value) & below;
        return (rest - half + 1) <= 2 || (value != 0 && Math.Abs(value) < 1.2e-38);
    }

    private readonly T Exactly<T>(int start, string name)
        where T : unmanaged, INumber<T>
    {
        var text = json[start..Position];
        if (typeof(T) == typeof(float) && Utf8Parser.TryParse(text, out float single, out var read) && read == text.Length && float.IsFinite(single)) return T.CreateTruncating(single);
        if (typeof(T) == typeof(double) && Utf8Parser.TryParse(text, out double value, out read) && read == text.Length && double.IsFinite(value)) return T.CreateTruncating(value);
        throw Unfit(start, name, typeof(T) == typeof(float) ? "finite numbers that fit FP32" : "finite numbers");
    }

    private readonly T Whole<T>(int start, string name)
        where T : unmanaged, INumber<T>
    {
        var text = json[start..Position];
        return Utf8Parser.TryParse(text, out long whole, out var read) && read == text.Length ? T.CreateTruncating(whole) : throw Unfit(start, name, "whole numbers of 64 bits");
    }

    private readonly byte At(int position) => (uint)position < (uint)json.Length ? json[position] : (byte)0;

    private static bool IsDigit(byte letter) => (uint)(letter - '0') <= 9;

    private readonly RequestException Unfit(int start, string name, string right = "finite numbers")
    {
        var rest = json[start..];
        var end = rest.IndexOfAny(",]} \n"u8);
        var found = Encoding.UTF8.GetString(rest[..Math.Min(end < 0 ? rest.Length : end, 40)]);
        return RequestException.Invalid($"data of '{name}' takes {right}, found {(found.Length == 0 ? "nothing" : RequestException.Shown(found))}");
    }
}
