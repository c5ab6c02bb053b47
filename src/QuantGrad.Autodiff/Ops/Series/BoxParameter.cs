namespace QuantGrad.Autodiff.Ops.Series;

/// <summary>How a parameter's box is measured.</summary>
public enum BoxScale
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>By ratio: from 2 to 4 is as far as from 100 to 200.</summary>
    Log,
}

/// <summary>
/// A parameter that lives in a box: value = min + (max − min)·σ(θ), or min·(max/min)^σ(θ) on a logarithmic scale, so that descent on the free θ never leaves it.
/// An integer one is rounded (half away from zero) at temperature 0. Inputs: θ <c>[rows, 1]</c>, temperature <c>[1, 1]</c>.
/// </summary>
public sealed class BoxParameter : Op
{
    private readonly double min;
    private readonly double max;
    private readonly BoxScale scale;
    private readonly bool isInteger;

    /// <summary>Makes the op.</summary>
    /// <param name="min">The lower edge.</param>
    /// <param name="max">The upper edge, above it.</param>
    /// <param name="scale">How the box is measured; both edges above 0 for <see cref="BoxScale.Log"/>.</param>
    /// <param name="isInteger">Whether the value is whole once it is hard.</param>
    public BoxParameter(double min, double max, BoxScale scale, bool isInteger)
    {
        if (!(min < max)) throw new GraphException(FormattableString.Invariant($"BoxParameter: min {min} and max {max}, expected min < max."));
        if (scale == BoxScale.Log && !(min > 0)) throw new GraphException(FormattableString.Invariant($"BoxParameter: min {min} on a logarithmic scale, expected a number above 0."));
        (this.min, this.max, this.scale, this.isInteger) = (min, max, scale, isInteger);
    }

    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override bool LooksAlongTime => false;

    /// <summary>The value of θ before any rounding.</summary>
    public double Value(double theta)
    {
        var share = theta >= 0 ? 1 / (1 + Math.Exp(-theta)) : Math.Exp(theta) / (1 + Math.Exp(theta));
        return scale == BoxScale.Log ? min * Math.Pow(max / min, share) : min + (max - min) * share;
    }

    /// <summary>The θ of a value; values at an edge are moved inside by a thousandth of the box, where the slope is not yet gone.</summary>
    public double Theta(double value)
    {
        const double margin = 1e-3;
        var share = scale == BoxScale.Log ? Math.Log(value / min) / Math.Log(max / min) : (value - min) / (max - min);
        share = Math.Clamp(share, margin, 1 - margin);
        return Math.Log(share / (1 - share));
    }

    /// <summary>The value once hard.</summary>
    public double Harden(double value)
    {
        if (!isInteger) return value;
        var whole = Math.Round(value, MidpointRounding.AwayFromZero);
        var (least, most) = (Math.Ceiling(min), Math.Floor(max));
        return least <= most ? Math.Clamp(whole, least, most) : whole;
    }

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        ShapeRule.Expect(this, inputs, 2);
        ShapeRule.Expect(this, "θ", inputs[0], Shape.Fixed(inputs[0].FixedRows, 1));
        ShapeRule.Expect(this, "the temperature", inputs[1], Shape.Scalar);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var isHard = frame.Input(1)[0] == T.Zero;
        for (var row = 0; row < frame.Output.Length; row++)
        {
            var value = Value(double.CreateTruncating(frame.Input(0)[row]));
            frame.Output[row] = T.CreateTruncating(isHard ? Harden(value) : value);
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        var gradient = frame.InputGradient(0);
        for (var row = 0; row < gradient.Length; row++)
        {
            var theta = double.CreateTruncating(frame.Input(0)[row]);
            var e = Math.Exp(-Math.Abs(theta));
            var slope = e / ((1 + e) * (1 + e)) * (scale == BoxScale.Log ? Value(theta) * Math.Log(max / min) : max - min);
            gradient[row] += frame.OutputGradient[row] * T.CreateTruncating(slope);
        }
    }
}
