using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace QuantGrad.Sweeping.Lanes;

/// <summary>A function of three values on eight lanes; what takes fewer leaves the rest unread.</summary>
internal interface IVectorFunction
{
    static abstract Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c);
}

/// <summary>A comparison.</summary>
internal interface IComparison : IVectorFunction
{
    /// <summary>All bits where it holds.</summary>
    static abstract Vector512<double> Mask(Vector512<double> a, Vector512<double> b);
}

/// <summary><see cref="RuleArithmetic"/> on eight lanes. A machine with narrower vectors computes the same bits in parts.</summary>
internal static unsafe class VectorArithmetic
{
    /// <summary>Lanes of a vector.</summary>
    public const int Lanes = 8;

    /// <summary>Applies a function without memory to a block.</summary>
    /// <param name="op">The function.</param>
    /// <param name="a">First operands.</param>
    /// <param name="b">Second operands, or <paramref name="a"/>.</param>
    /// <param name="c">Third operands, or <paramref name="a"/>.</param>
    /// <param name="result">Where the results go.</param>
    /// <param name="count">Values, a multiple of <see cref="Lanes"/>.</param>
    public static void Apply(RuleOp op, double* a, double* b, double* c, double* result, int count)
    {
        switch (op)
        {
            case RuleOp.Negate: Map<Negate>(a, b, c, result, count); break;
            case RuleOp.Absolute: Map<Absolute>(a, b, c, result, count); break;
            case RuleOp.Sign: Map<Sign>(a, b, c, result, count); break;
            case RuleOp.SquareRoot: Map<SquareRoot>(a, b, c, result, count); break;
            case RuleOp.Tanh: Map<HyperbolicTangent>(a, b, c, result, count); break;
            case RuleOp.Log: Map<Logarithm>(a, b, c, result, count); break;
            case RuleOp.Exp: Map<Exponential>(a, b, c, result, count); break;
            case RuleOp.Not: Map<Not>(a, b, c, result, count); break;
            case RuleOp.Add: Map<Add>(a, b, c, result, count); break;
            case RuleOp.Subtract: Map<Subtract>(a, b, c, result, count); break;
            case RuleOp.Multiply: Map<Multiply>(a, b, c, result, count); break;
            case RuleOp.Divide: Map<Divide>(a, b, c, result, count); break;
            case RuleOp.Less: Map<Less>(a, b, c, result, count); break;
            case RuleOp.LessOrEqual: Map<LessOrEqual>(a, b, c, result, count); break;
            case RuleOp.Greater: Map<Greater>(a, b, c, result, count); break;
            case RuleOp.GreaterOrEqual: Map<GreaterOrEqual>(a, b, c, result, count); break;
            case RuleOp.Equal: Map<Equal>(a, b, c, result, count); break;
            case RuleOp.NotEqual: Map<NotEqual>(a, b, c, result, count); break;
            case RuleOp.And: Map<And>(a, b, c, result, count); break;
            case RuleOp.Or: Map<Or>(a, b, c, result, count); break;
            case RuleOp.Minimum: Map<Minimum>(a, b, c, result, count); break;
            case RuleOp.Maximum: Map<Maximum>(a, b, c, result, count); break;
            case RuleOp.Where: Map<Where>(a, b, c, result, count); break;
            default:
                for (var i = 0; i < count; i++) result[i] = RuleArithmetic.Apply(op, a[i], b[i], c[i]);
                break;
        }
    }

    /// <summary>A choice by a comparison, without the comparison's 1 and 0 in between.</summary>
    public static void ApplyWhere(RuleOp comparison, double* a, double* b, double* yes, double* no, double* result, int count)
    {
        switch (comparison)
        {
            case RuleOp.Less: Choose<Less>(a, b, yes, no, result, count); break;
            case RuleOp.LessOrEqual: Choose<LessOrEqual>(a, b, yes, no, result, count); break;
            case RuleOp.Greater: Choose<Greater>(a, b, yes, no, result, count); break;
            case RuleOp.GreaterOrEqual: Choose<GreaterOrEqual>(a, b, yes, no, result, count); break;
            case RuleOp.Equal: Choose<Equal>(a, b, yes, no, result, count); break;
            default: Choose<NotEqual>(a, b, yes, no, result, count); break;
        }
    }

    private static void Choose<F>(double* a, double* b, double* yes, double* no, double* result, int count) where F : struct, IComparison
    {
        for (var i = 0; i < count; i += Lanes)
            Vector512.ConditionalSelect(F.Mask(Vector512.Load(a + i), Vector512.Load(b + i)), Vector512.Load(yes + i), Vector512.Load(no + i)).Store(result + i);
    }

    private static void Map<F>(double* a, double* b, double* c, double* result, int count) where F : struct, IVectorFunction
    {
        for (var i = 0; i < count; i += Lanes) F.Of(Vector512.Load(a + i), Vector512.Load(b + i), Vector512.Load(c + i)).Store(result + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> True(Vector512<double> condition) => Vector512.GreaterThan(condition, Vector512.Create(RuleArithmetic.Truth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Step(Vector512<double> mask) => mask & Vector512<double>.One;

    private struct Negate : IVectorFunction { public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => -a; }

    private struct Absolute : IVectorFunction { public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.Abs(a); }

    private struct Sign : IVectorFunction
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
            Step(Vector512.GreaterThan(a, Vector512<double>.Zero)) - Step(Vector512.LessThan(a, Vector512<double>.Zero));
    }

    private struct SquareRoot : IVectorFunction
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
            Vector512.Sqrt(a) & Vector512.GreaterThan(a, Vector512<double>.Zero);
    }

    /// <summary>1 − 2/(e^{2|x|} + 1) with the sign of x: within 2e-16 of the function.</summary>
    private struct HyperbolicTangent : IVectorFunction
    {
        // Beyond this tanh is 1 to the last bit, and the exponential stays finite.
        private const double Largest = 20;

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c)
        {
            var magnitude = Vector512.Min(Vector512.Abs(a), Vector512.Create(Largest));
            var value = Vector512<double>.One - Vector512.Create(2.0) / (Vector512.Exp(magnitude + magnitude) + Vector512<double>.One);
            return Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512<double>.Zero), -value, value);
        }
    }

    private struct Logarithm : IVectorFunction
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
            Vector512.Log(a) & Vector512.GreaterThan(a, Vector512<double>.Zero);
    }

    private struct Exponential : IVectorFunction { public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.Exp(a); }

    private struct Not : IVectorFunction { public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Step(~True(a)); }

    private struct Add : IVectorFunction { public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => a + b; }

    private struct Subtract : IVectorFunction { public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => a - b; }

    private struct Multiply : IVectorFunction { public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => a * b; }

    private struct Divide : IVectorFunction
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
            Vector512.AndNot(a / b, Vector512.Equals(b, Vector512<double>.Zero));
    }

    private struct Less : IComparison
    {
        public static Vector512<double> Mask(Vector512<double> a, Vector512<double> b) => Vector512.LessThan(a, b);

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Step(Mask(a, b));
    }

    private struct LessOrEqual : IComparison
    {
        public static Vector512<double> Mask(Vector512<double> a, Vector512<double> b) => Vector512.LessThanOrEqual(a, b);

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Step(Mask(a, b));
    }

    private struct Greater : IComparison
    {
        public static Vector512<double> Mask(Vector512<double> a, Vector512<double> b) => Vector512.GreaterThan(a, b);

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Step(Mask(a, b));
    }

    private struct GreaterOrEqual : IComparison
    {
        public static Vector512<double> Mask(Vector512<double> a, Vector512<double> b) => Vector512.GreaterThanOrEqual(a, b);

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Step(Mask(a, b));
    }

    private struct Equal : IComparison
    {
        public static Vector512<double> Mask(Vector512<double> a, Vector512<double> b) => Vector512.Equals(a, b);

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Step(Mask(a, b));
    }

    private struct NotEqual : IComparison
    {
        public static Vector512<double> Mask(Vector512<double> a, Vector512<double> b) => ~Vector512.Equals(a, b);

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Step(Mask(a, b));
    }

    private struct And : IVectorFunction { public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Step(True(a) & True(b)); }

    private struct Or : IVectorFunction { public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Step(True(a) | True(b)); }

    private struct Minimum : IVectorFunction { public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.Min(a, b); }

    private struct Maximum : IVectorFunction { public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.Max(a, b); }

    private struct Where : IVectorFunction { public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.ConditionalSelect(True(a), b, c); }
}
