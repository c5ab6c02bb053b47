using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using QuantGrad.Accounting;
using QuantGrad.Autodiff;

namespace QuantGrad.Tests.Accounting;

public class VectorAccountingTests
{
    [Fact]
    public void ForwardAndBackward_AnyMarket_EqualThePlainVersion() => Prop.ForAll(Markets(), market =>
    {
        Compare<double>(market, 1e-12);
        Compare<float>(market, 2e-4); // a slope near the kink of |x| is a rounding of float over ε
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, false)]
    [InlineData(64, true)]
    public void Takes_AsManyAssetsAsAVector_True(int assets, bool expected) => Assert.Equal(expected, VectorAccounting.Takes<double>(assets));

    private static Arbitrary<Market> Markets() => Arb.From(
        from steps in Gen.Choose(1, 30)
        from assets in Gen.Choose(Vector<float>.Count, 3 * Vector<float>.Count)
        from seed in Gen.Choose(0, int.MaxValue)
        from epsilon in Gen.Elements(0, 1e-3)
        from borrow in Gen.Elements(0, 1e-3)
        from gaps in Gen.Elements(0, 0.05)
        select new Market(steps, assets, (ulong)seed, epsilon, borrow, gaps));

    private static void Compare<T>(Market market, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new RandomStream(market.Seed);
        var cells = market.Steps * market.Assets;
        var (rows, width) = (market.Steps * PortfolioAccounting.Columns, cells * PortfolioAccounting.StateWidth);
        var inputs = new AccountingInputs<T>
        {
            Assets = market.Assets,
            Targets = Draw(cells, 0.2),
            Decided = Array.ConvertAll(Draw(cells, 1), value => value > T.CreateTruncating(-0.5) ? T.One : T.Zero),
            Gap = Draw(cells, market.Gaps),
            Hold = Draw(cells, 0.03),
            Initial = Draw(market.Assets, 0.1),
            CostFraction = T.CreateTruncating(2e-3),
            BorrowPerBar = T.CreateTruncating(market.Borrow),
            Epsilon = T.CreateTruncating(market.Epsilon),
        };
        var (upstream, before) = (Draw(rows, 1), Draw(cells, 1));
        var (plain, fast) = (new Books<T>(rows, width, before, market.Assets), new Books<T>(rows, width, before, market.Assets));

        PortfolioAccounting.Forward(inputs, plain.Result, plain.State);
        PortfolioAccounting.Backward(inputs, plain.Result, plain.State, upstream, plain.Targets, plain.Held);
        VectorAccounting.Forward(inputs, fast.Result, fast.State);
        VectorAccounting.Backward(inputs, fast.Result, fast.State, upstream, fast.Targets, fast.Held);

        Close(plain.Result, fast.Result, tolerance, "result");
        Close(plain.State, fast.State, tolerance, "state");
        Close(plain.Targets, fast.Targets, tolerance, "gradient of the targets");
        Close(plain.Held.AsSpan(0, market.Assets), fast.Held.AsSpan(0, market.Assets), tolerance, "gradient of the initial weights");

        T[] Draw(int count, double scale)
        {
            var values = new T[count];
            foreach (ref var value in values.AsSpan()) value = T.CreateTruncating(Math.Clamp(scale * random.NextNormal(), -2 * scale, 2 * scale));
            return values;
        }
    }

    private static void Close<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> found, double tolerance, string what) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < expected.Length; i++)
        {
            var (e, f) = (double.CreateTruncating(expected[i]), double.CreateTruncating(found[i]));
            Assert.True(Math.Abs(e - f) <= tolerance * (1 + Math.Abs(e)), $"{typeof(T).Name} {what} [{i}]: {f}, the plain version has {e}");
        }
    }

    private sealed record Market(int Steps, int Assets, ulong Seed, double Epsilon, double Borrow, double Gaps);

    private sealed record Books<T>(T[] Result, T[] State, T[] Targets, T[] Held)
    {
        public Books(int rows, int width, T[] before, int assets) : this(new T[rows], new T[width], [.. before], new T[2 * assets])
        {
        }
    }
}
