namespace QuantGrad.Features.Syntax;

internal enum TokenKind
{
    Number,
    Duration,
    Name,
    Parameter,
    Operator,
    End,
}

/// <summary>One word of a formula.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A name, a parameter's name without its <c>$</c>, or the operator; a duration's unit.</param>
/// <param name="Value">A number's value.</param>
/// <param name="Position">Index of its first character, from 0.</param>
internal readonly record struct Token(TokenKind Kind, string Text, double Value, int Position)
{
    public bool Is(string text) => Kind is TokenKind.Operator or TokenKind.Name && Text == text;

    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end of the formula",
        TokenKind.Parameter => $"'${Text}'",
        TokenKind.Number or TokenKind.Duration => FormattableString.Invariant($"'{Value}{Text}'"),
        _ => $"'{Text}'",
    };
}
