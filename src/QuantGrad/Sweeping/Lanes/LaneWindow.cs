using QuantGrad.Indicators.Windows;

namespace QuantGrad.Sweeping.Lanes;

/// <summary>
/// The window of an instruction over one series: the same arithmetic as the library's indicators. The first value is taken to have stood for ever before.
/// </summary>
internal abstract class LaneWindow
{
    /// <summary>The window of an instruction.</summary>
    /// <param name="op">Which.</param>
    /// <param name="most">The longest length that it will be given.</param>
    public static LaneWindow Of(RuleOp op, int most) => op switch
    {
        RuleOp.Mean => new LaneWindow<Sum, MeanFigure>(most),
        RuleOp.Deviation => new LaneWindow<Moments, DeviationFigure>(most),
        RuleOp.Highest => new LaneWindow<Highest, HighestFigure>(most),
        RuleOp.Lowest => new LaneWindow<Lowest, LowestFigure>(most),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "The instruction is no window."),
    };

    /// <summary>Forgets every value and takes a length.</summary>
    public abstract void Reset(int length);

    /// <summary>Takes values and gives the window's figure after each, NaN while it fills.</summary>
    public abstract void Run(ReadOnlySpan<double> values, Span<double> figures);

    private readonly struct MeanFigure : IWindowFigure<Sum>
    {
        public static Sum Of(double value) => value;

        public static double Read(in Sum window, int length) => window.Total / length;
    }

    private readonly struct DeviationFigure : IWindowFigure<Moments>
    {
        public static Moments Of(double value) => value;

        public static double Read(in Moments window, int length)
        {
            var deviation = window.PopulationDeviation;
            return deviation * deviation <= RuleArithmetic.FlatVariance * window.Mean * window.Mean ? 0 : deviation;
        }
    }

    private readonly struct HighestFigure : IWindowFigure<Highest>
    {
        public static Highest Of(double value) => value;

        public static double Read(in Highest window, int length) => window.Value;
    }

    private readonly struct LowestFigure : IWindowFigure<Lowest>
    {
        public static Lowest Of(double value) => value;

        public static double Read(in Lowest window, int length) => window.Value;
    }
}

/// <summary>What a window's summary is made from and read as.</summary>
internal interface IWindowFigure<T>
{
    /// <summary>The summary of one value.</summary>
    static abstract T Of(double value);

    /// <summary>The figure of a full window.</summary>
    static abstract double Read(in T window, int length);
}

/// <inheritdoc cref="LaneWindow"/>
internal sealed class LaneWindow<T, F>(int most) : LaneWindow
    where T : struct, IAggregate<T>
    where F : struct, IWindowFigure<T>
{
    private readonly SlidingWindow<T> window = new(most);
    private int length = most;
    private bool isFresh = true;

    /// <inheritdoc/>
    public override void Reset(int length)
    {
        this.length = length;
        isFresh = true;
        window.Reset(length);
    }

    /// <inheritdoc/>
    public override void Run(ReadOnlySpan<double> values, Span<double> figures)
    {
        for (var i = 0; i < values.Length; i++)
        {
            // A value that is not there starts the window afresh, as in every indicator.
            if (!double.IsFinite(values[i]))
            {
                window.Reset();
                figures[i] = double.NaN;
                continue;
            }

            for (var before = 1; isFresh && before < length; before++) window.Push(F.Of(values[i]));
            isFresh = false;
            var figure = window.Push(F.Of(values[i])) ? F.Read(window.Value, length) : double.NaN;
            figures[i] = double.IsFinite(figure) ? figure : double.NaN;
        }
    }
}
