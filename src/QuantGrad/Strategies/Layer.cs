using QuantGrad.Autodiff.Ops;
using QuantGrad.Strategies.Reading;

namespace QuantGrad.Strategies;

/// <summary>One layer of a network as the strategy file gives it.</summary>
public abstract record Layer;

/// <summary>Every output sees every input: f(x·W + b).</summary>
/// <param name="Units">Number of outputs.</param>
/// <param name="Activation">f.</param>
public sealed record DenseLayer(int Units, Activation Activation) : Layer;

/// <summary>While training, each input is set to 0 with a probability and the others are scaled up; nothing in testing.</summary>
/// <param name="Rate">The probability, in [0, 1).</param>
public sealed record DropoutLayer(double Rate) : Layer;

/// <summary>A dense layer with a skip connection around it: x + f(x·W + b); where the widths differ, x goes through a dense layer of its own.</summary>
/// <param name="Units">Number of outputs.</param>
/// <param name="Activation">f.</param>
public sealed record ResidualLayer(int Units, Activation Activation) : Layer;

/// <summary>Each row's values set to mean 0 and deviation 1, then scaled and shifted by trained weights.</summary>
/// <param name="Epsilon">Added to the variance, above 0.</param>
public sealed record LayerNormLayer(double Epsilon) : Layer;

/// <summary>A kind of layer: the key that names it in the file, and how its entry is read and written. A new kind is a record and a row here.</summary>
/// <param name="Key">The entry's first key, whose value is the layer's main number.</param>
/// <param name="Summary">For the schema.</param>
/// <param name="Type">The record.</param>
/// <param name="Read">Reads the entry's keys.</param>
internal sealed record LayerKind(string Key, string Summary, Type Type, Func<SettingsReader, Layer> Read)
{
    /// <summary>Every kind there is.</summary>
    public static IReadOnlyList<LayerKind> All { get; } =
    [
        new("dense", "A dense layer: every output sees every input.", typeof(DenseLayer), entry => new DenseLayer(
            entry.Whole("dense", null, 1, 65536, "Number of units."),
            entry.Choice("activation", Activation.Tanh, "What follows the linear step."))),
        new("dropout", "Sets inputs to 0 at random while training.", typeof(DropoutLayer), entry => new DropoutLayer(
            entry.Number("dropout", null, Interval.AtLeast(0).Below(1), "Probability of a zero."))),
        new("residual", "A dense layer with a skip connection around it.", typeof(ResidualLayer), entry => new ResidualLayer(
            entry.Whole("residual", null, 1, 65536, "Number of units."),
            entry.Choice("activation", Activation.Tanh, "What follows the linear step."))),
        new("layer_norm", "Sets each row's values to mean 0 and deviation 1, with a trained scale and shift.", typeof(LayerNormLayer), entry => new LayerNormLayer(
            entry.Number("layer_norm", null, Interval.Above(0).AtMost(1), "Added to the variance, such as 1e-5."))),
    ];
}
