using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using QuantGrad.Serving.Protocol;

namespace QuantGrad.EndToEnd.Tests.Serving;

/// <summary>The fast reading of numbers beside System.Text.Json: the same values to the bit, the same refusals.</summary>
public sealed class JsonNumbersTests
{
    [Fact]
    public void Read_AnyFloat_IsTheNearest() => Prop.ForAll<int>(bits =>
    {
        var value = BitConverter.Int32BitsToSingle(bits);
        return !float.IsFinite(value) || (Same<float>(value.ToString("R", CultureInfo.InvariantCulture)) && Same<float>(((double)value).ToString("R", CultureInfo.InvariantCulture)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_DecimalsNearTheMiddleOfTwoFloats_AreTheNearest()
    {
        // A decimal next to the middle of two floats rounds wrongly where it is rounded to a double first.
        for (var step = 0; step < 20_000; step++)
        {
            var value = BitConverter.UInt32BitsToSingle(0x3F80_0000u + ((uint)step * 641));
            var middle = ((double)value + BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) + 1)) / 2;
            foreach (var near in new[] { middle, Math.BitIncrement(middle), Math.BitDecrement(middle) })
                foreach (var digits in new[] { "R", "F8", "F15", "E16" }) Assert.True(Same<float>(near.ToString(digits, CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void Read_AnyDoubleOrInteger_IsExact()
    {
        Prop.ForAll<long>(bits =>
        {
            var value = BitConverter.Int64BitsToDouble(bits);
            return !double.IsFinite(value) || Same<double>(value.ToString("R", CultureInfo.InvariantCulture));
        }).QuickCheckThrowOnFailure();
        Prop.ForAll<long>(value => Same<long>(value.ToString(CultureInfo.InvariantCulture))).QuickCheckThrowOnFailure();
        Prop.ForAll<int, byte>((value, power) => Same<double>($"{value}e{power - 128}") && Same<float>($"{value}.{power}")).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0e0")]
    [InlineData("1E5")]
    [InlineData("1e-400")]
    [InlineData("0.000000000000000000000000000000000000000000001")]
    [InlineData("3.4028235e38")]
    [InlineData("3.4028236e38")]
    [InlineData("1e999")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("9007199254740993")]
    [InlineData("0.1000000000000000055511151231257827")]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("true")]
    [InlineData("1 2")]
    [InlineData("1,")]
    [InlineData(",1")]
    [InlineData("")]
    [InlineData("1}")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("1.0")]
    [InlineData(" 1 ")]
    [InlineData("\u00a01")]
    public void Read_EdgeCase_AsTheGeneralReader(string text)
    {
        Assert.True(Same<float>(text), "float");
        Assert.True(Same<double>(text), "double");
        Assert.True(Same<long>(text), "long");
    }

    private static bool Same<T>(string text)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var json = Encoding.UTF8.GetBytes($"[{text}]");
        return EqualityComparer<T?>.Default.Equals(Plain<T>(json), Fast<T>(json));
    }

    private static T? Fast<T>(byte[] json)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        try
        {
            var numbers = new JsonNumbers(json, 1);
            var values = new T[1];
            return TensorData.All(ref numbers, values, [1], "x") == 1 && numbers.Position == json.Length - 1 ? values[0] : null;
        }
        catch (RequestException refused)
        {
            Assert.Equal(400, refused.Status);
            return null;
        }
    }

    private static T? Plain<T>(byte[] json)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        try
        {
            using var whole = JsonDocument.Parse(json);
            if (whole.RootElement.GetArrayLength() != 1) return null;
            var reader = JsonReading.Open(json);
            reader.Read();
            reader.Read();
            if (typeof(T) == typeof(float)) return T.CreateTruncating(JsonReading.Float(ref reader, "x"));
            return typeof(T) == typeof(double) ? T.CreateTruncating(JsonReading.Double(ref reader, "x")) : T.CreateTruncating(JsonReading.Int64(ref reader, "x"));
        }
        catch (Exception refused) when (refused is JsonException or RequestException)
        {
            return null;
        }
    }
}
