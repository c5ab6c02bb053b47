namespace QuantGrad.Features.Syntax;

/// <summary>A formula as a tree.</summary>
/// <param name="Position">Index of the character to point at in messages.</param>
internal abstract record Expression(int Position);

/// <summary>A number.</summary>
internal sealed record NumberExpression(int Position, double Value) : Expression(Position);

/// <summary>A length of time such as <c>20d</c>, counted in bars once the bar interval is known.</summary>
internal sealed record DurationExpression(int Position, double Value, string Unit) : Expression(Position);

/// <summary>A name: a series, or a word that an indicator's parameter may be.</summary>
internal sealed record NameExpression(int Position, string Name) : Expression(Position);

/// <summary>A rule's parameter <c>$name</c>.</summary>
internal sealed record ParameterExpression(int Position, string Name) : Expression(Position);

/// <summary>A sign or <c>not</c>.</summary>
internal sealed record UnaryExpression(int Position, string Operator, Expression Operand) : Expression(Position);

/// <summary>An operation of two operands.</summary>
internal sealed record BinaryExpression(int Position, string Operator, Expression Left, Expression Right) : Expression(Position);

/// <summary>A call of a function or an indicator, with the field that is meant.</summary>
/// <param name="Position">Where its name stands.</param>
/// <param name="Name">The name as written.</param>
/// <param name="Arguments">Positional arguments first, then named ones.</param>
/// <param name="Field">The field as written, or null.</param>
/// <param name="FieldPosition">Where the field stands.</param>
internal sealed record CallExpression(int Position, string Name, Argument[] Arguments, string? Field, int FieldPosition) : Expression(Position);

/// <summary>An argument of a call.</summary>
/// <param name="Name">The parameter's name, or null where it is positional.</param>
/// <param name="Value">The expression.</param>
/// <param name="Position">Where it begins.</param>
internal sealed record Argument(string? Name, Expression Value, int Position);
