namespace QuantGrad.Features.Syntax;

/// <summary>
/// Reads a formula by recursive descent. From weakest to strongest: or, and, not, comparison, + −, × ÷, sign, power (from the right).
/// </summary>
internal sealed class Parser
{
    private const int MaxDepth = 100;
    private const int MaxOperators = 500;

    private static readonly string[] Comparisons = ["<", "<=", ">", ">=", "==", "!="];
    private static readonly string[] Words = ["and", "or", "not"];

    private readonly FormulaSource source;
    private readonly List<Token> tokens;
    private int next;
    private int depth;
    private int chained;

    private Parser(FormulaSource source)
    {
        this.source = source;
        tokens = Lexer.Tokens(source);
    }

    private Token Current => tokens[next];

    /// <summary>The formula's tree; a <see cref="UsageException"/> that points at the character where it cannot be read.</summary>
    public static Expression Parse(FormulaSource source)
    {
        var parser = new Parser(source);
        if (parser.Current.Kind == TokenKind.End) throw source.Error(0, "the formula is empty");
        var expression = parser.Or();
        if (parser.Current.Kind == TokenKind.End) return expression;
        throw source.Error(parser.Current.Position, $"{parser.Current} was not expected here; an operator or the end of the formula would be right");
    }

    private Expression Or() => LeftAssociative(And, "or");

    private Expression And() => LeftAssociative(Not, "and");

    private Expression Not() => Current.Is("not") ? Prefix(Not) : Comparison();

    private Expression Comparison()
    {
        var left = Sum();
        if (Current.Is("=")) throw source.Error(Current.Position, "'=' names an argument; write == to compare");
        if (!IsComparison(Current)) return left;
        var sign = Take();
        var right = Sum();
        if (IsComparison(Current)) throw source.Error(Current.Position, "comparisons do not chain; write a < b and b < c");
        return new BinaryExpression(sign.Position, sign.Text, left, right);
    }

    private Expression Sum() => LeftAssociative(Product, "+", "-");

    private Expression Product() => LeftAssociative(Signed, "*", "/");

    private Expression Signed() => Current.Is("-") || Current.Is("+") ? Prefix(Signed) : Power();

    private Expression Power()
    {
        var left = Primary();
        if (!Current.Is("^")) return left;
        var sign = Take();
        return new BinaryExpression(sign.Position, sign.Text, left, Nested(Signed));
    }

    private Expression Primary()
    {
        var token = Take();
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new NumberExpression(token.Position, token.Value);
            case TokenKind.Duration:
                return new DurationExpression(token.Position, token.Value, token.Text);
            case TokenKind.Parameter:
                return new ParameterExpression(token.Position, token.Text);
            case TokenKind.Name when !Words.Contains(token.Text):
                return Current.Is("(") ? Call(token) : new NameExpression(token.Position, token.Text);
            case TokenKind.Operator when token.Text == "(":
                var inner = Nested(Or);
                Expect(")", token);
                return inner;
            default:
                throw source.Error(token.Position, $"{token} was not expected here; a number, a series or a call would be right");
        }
    }

    private CallExpression Call(Token name)
    {
        var open = Take();
        var arguments = new List<Argument>();
        while (!Current.Is(")"))
        {
            if (arguments.Count > 0 || Current.Kind == TokenKind.End) Expect(",", open);
            arguments.Add(ReadArgument(arguments));
        }
        Expect(")", open);
        if (!Current.Is(".")) return new CallExpression(name.Position, name.Text, [.. arguments], null, name.Position);
        Take();
        var field = Take();
        if (field.Kind != TokenKind.Name) throw source.Error(field.Position, $"a field's name must follow the dot, as in macd(12,26,9).histogram; found {field}");
        return new CallExpression(name.Position, name.Text, [.. arguments], field.Text, field.Position);
    }

    private Argument ReadArgument(List<Argument> before)
    {
        var first = Current;
        if (first.Kind == TokenKind.Name && tokens[next + 1].Is("="))
        {
            next += 2;
            if (before.Exists(a => a.Name == first.Text)) throw source.Error(first.Position, $"the argument '{first.Text}' is given twice");
            return new Argument(first.Text, Nested(Or), first.Position);
        }
        if (before.Exists(static a => a.Name is not null)) throw source.Error(first.Position, "a positional argument cannot follow a named one");
        return new Argument(null, Nested(Or), first.Position);
    }

    private Expression LeftAssociative(Func<Expression> operand, params string[] operators)
    {
        var left = operand();
        while (Array.Exists(operators, Current.Is))
        {
            var sign = Take();
            left = new BinaryExpression(sign.Position, sign.Text, left, operand());
            // The tree leans to the left by one level an operator, and whoever walks it goes as deep.
            if (++chained > MaxOperators) throw source.Error(sign.Position, $"the formula has more than {MaxOperators} operators; split it");
        }
        return left;
    }

    private UnaryExpression Prefix(Func<Expression> operand)
    {
        var sign = Take();
        return new UnaryExpression(sign.Position, sign.Text, Nested(operand));
    }

    private Expression Nested(Func<Expression> rule)
    {
        if (++depth > MaxDepth) throw source.Error(Current.Position, $"the formula is nested deeper than {MaxDepth} levels");
        var expression = rule();
        depth--;
        return expression;
    }

    private static bool IsComparison(Token token) => token.Kind == TokenKind.Operator && Array.IndexOf(Comparisons, token.Text) >= 0;

    private void Expect(string text, Token opened)
    {
        if (Current.Is(text))
        {
            next++;
            return;
        }
        if (Current.Kind == TokenKind.End) throw source.Error(opened.Position, "this parenthesis is not closed");
        throw source.Error(Current.Position, $"{Current} was not expected here; '{text}' would be right");
    }

    private Token Take() => Current.Kind == TokenKind.End ? Current : tokens[next++];
}
