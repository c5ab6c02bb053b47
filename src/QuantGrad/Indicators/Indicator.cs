using QuantGrad.MarketData;

namespace QuantGrad.Indicators;

/// <summary>
/// An incremental indicator: one call per completed bar, the fields of that bar out. It never sees a later bar, so it is
/// causal by construction; the batch computation and the server run this same method.
/// </summary>
/// <remarks>
/// A field is NaN until its warm-up is over. A bar that lacks a price which the indicator reads (NaN or infinite) gives NaN in
/// every field and starts the indicator afresh, so that no value ever rests on a gap. No field is ever infinite.
/// </remarks>
public abstract class Indicator
{
    /// <summary>What the indicator reads of a bar; set when its definition creates it.</summary>
    public Inputs Inputs { get; internal set; } = Inputs.Close;

    /// <summary>Takes the next bar and writes its fields.</summary>
    /// <param name="bar">The completed bar.</param>
    /// <param name="fields">One value a field, in the order of the definition; NaN where undefined.</param>
    public void Update(in Bar bar, Span<double> fields)
    {
        if (!HasInputs(bar))
        {
            Reset();
            fields.Fill(double.NaN);
            return;
        }
        Next(bar, fields);
        for (var i = 0; i < fields.Length; i++)
            if (!double.IsFinite(fields[i])) fields[i] = double.NaN;
    }

    /// <summary>Forgets every bar: the next one is the first.</summary>
    public abstract void Reset();

    /// <summary>The definition's formula; every price that <see cref="Inputs"/> names is finite.</summary>
    protected abstract void Next(in Bar bar, Span<double> fields);

    private bool HasInputs(in Bar bar) =>
        ((Inputs & Inputs.Close) == Inputs.None || double.IsFinite(bar.Close))
        && ((Inputs & Inputs.Open) == Inputs.None || double.IsFinite(bar.Open))
        && ((Inputs & Inputs.High) == Inputs.None || double.IsFinite(bar.High))
        && ((Inputs & Inputs.Low) == Inputs.None || double.IsFinite(bar.Low))
        && ((Inputs & Inputs.Volume) == Inputs.None || double.IsFinite(bar.Volume));
}

/// <summary>An indicator of one value a bar (the close, or any other series) with one field.</summary>
internal abstract class ValueIndicator : Indicator
{
    /// <summary>Takes the next value; NaN in gives NaN and a fresh start.</summary>
    public double Next(double value)
    {
        if (double.IsFinite(value)) return Step(value);
        Reset();
        return double.NaN;
    }

    /// <summary>The formula for a finite value.</summary>
    protected abstract double Step(double value);

    /// <inheritdoc />
    protected sealed override void Next(in Bar bar, Span<double> fields) => fields[0] = Step(bar.Close);
}
