using System.Globalization;

namespace QuantGrad.Features.Syntax;

/// <summary>Cuts a formula into tokens.</summary>
internal static class Lexer
{
    private static readonly string[] TwoCharacterOperators = ["==", "!=", "<=", ">="];

    public static List<Token> Tokens(FormulaSource source)
    {
        var text = source.Text;
        if (text.Length > FormulaSource.MaxLength)
            throw new UsageException($"{source.Owner}: the formula has {text.Length} characters, at most {FormulaSource.MaxLength} are read; split it");
        var tokens = new List<Token>();
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at])) at++;
            else tokens.Add(Next(source, ref at));
        }
        tokens.Add(new Token(TokenKind.End, "", 0, text.Length));
        return tokens;
    }

    private static Token Next(FormulaSource source, ref int at)
    {
        var text = source.Text;
        var start = at;
        var c = text[at];
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))) return Number(source, ref at);
        if (IsNameStart(c)) return new Token(TokenKind.Name, Word(text, ref at), 0, start);
        if (c == '$')
        {
            at++;
            if (at == text.Length || !IsNameStart(text[at])) throw source.Error(start, "a parameter's name must follow '$', as in $fast");
            return new Token(TokenKind.Parameter, Word(text, ref at), 0, start);
        }
        if (at + 1 < text.Length && Array.IndexOf(TwoCharacterOperators, text.Substring(at, 2)) >= 0)
        {
            at += 2;
            return new Token(TokenKind.Operator, text.Substring(start, 2), 0, start);
        }
        at++;
        return c switch
        {
            '+' or '-' or '*' or '/' or '^' or '(' or ')' or ',' or '.' or '=' or '<' or '>' => new Token(TokenKind.Operator, c.ToString(), 0, start),
            '\u2212' => new Token(TokenKind.Operator, "-", 0, start),
            '\u00d7' => new Token(TokenKind.Operator, "*", 0, start),
            '\u00f7' => new Token(TokenKind.Operator, "/", 0, start),
            '&' or '|' or '!' => throw source.Error(start, $"'{c}' is not an operator here; write and, or, not, !="),
            _ => throw source.Error(start, $"the character '{c}' has no meaning in a formula"),
        };
    }

    private static Token Number(FormulaSource source, ref int at)
    {
        var text = source.Text;
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        if (at < text.Length && text[at] == '.')
            for (at++; at < text.Length && char.IsAsciiDigit(text[at]);) at++;
        if (IsExponent(text, at))
            for (at += 2; at < text.Length && char.IsAsciiDigit(text[at]);) at++;
        var value = double.Parse(text.AsSpan(start, at - start), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value)) throw source.Error(start, "the number is too large");
        if (at == text.Length || !IsNameStart(text[at])) return new Token(TokenKind.Number, "", value, start);
        var unit = Word(text, ref at);
        if (Duration.DaysOf(unit) is null && unit != Duration.Bars)
            throw source.Error(at - unit.Length, $"'{unit}' is not a unit of time; use {Duration.Known}, as in 20d");
        return new Token(TokenKind.Duration, unit, value, start);
    }

    private static bool IsExponent(string text, int at) =>
        at + 1 < text.Length && text[at] is 'e' or 'E'
        && (char.IsAsciiDigit(text[at + 1]) || (text[at + 1] is '-' or '+' && at + 2 < text.Length && char.IsAsciiDigit(text[at + 2])));

    private static string Word(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (IsNameStart(text[at]) || char.IsAsciiDigit(text[at]))) at++;
        return text[start..at];
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';
}
