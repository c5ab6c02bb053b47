using QuantGrad.Autodiff.Ops;
using QuantGrad.Strategies.Reading;

namespace QuantGrad.Strategies;

/// <summary>One layer of a network as the strategy file gives it.</summary>
public abstract record Layer
{
    /// <summary>How many rows of a symbol before the newest the layer sees; null where it sees one row.</summary>
    /// <param name="memory">What a recurrent layer is given.</param>
    internal virtual int? Reach(int memory) => null;
}

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

/// <summary>A long short-term memory along a symbol's own bars.</summary>
/// <param name="Units">Number of outputs.</param>
public sealed record LstmLayer(int Units) : Layer
{
    internal override int? Reach(int memory) => memory;
}

/// <summary>A gated recurrent unit along a symbol's own bars.</summary>
/// <param name="Units">Number of outputs.</param>
public sealed record GruLayer(int Units) : Layer
{
    internal override int? Reach(int memory) => memory;
}

/// <summary>A causal dilated convolution along a symbol's own bars.</summary>
/// <param name="Units">Number of outputs.</param>
/// <param name="Kernel">Taps: the present bar and Kernel − 1 before it.</param>
/// <param name="Dilation">Bars between taps.</param>
/// <param name="Activation">What follows the sum.</param>
public sealed record ConvolutionLayer(int Units, int Kernel, int Dilation, Activation Activation) : Layer
{
    internal override int? Reach(int memory) => (Kernel - 1) * Dilation;
}

/// <summary>Two causal dilated convolutions with a skip connection around them: the block of a TCN (Bai, Kolter and Koltun 2018, section 3.3).</summary>
/// <param name="Units">Number of outputs.</param>
/// <param name="Kernel">Taps: the present bar and Kernel − 1 before it.</param>
/// <param name="Dilation">Bars between taps.</param>
/// <param name="Activation">What follows each sum.</param>
public sealed record TcnLayer(int Units, int Kernel, int Dilation, Activation Activation) : Layer
{
    internal override int? Reach(int memory) => 2 * (Kernel - 1) * Dilation;
}

/// <summary>Causal self-attention over a symbol's newest bars.</summary>
/// <param name="Units">Number of outputs.</param>
/// <param name="Window">Bars seen, the present one included.</param>
/// <param name="Heads">A divisor of Units.</param>
public sealed record AttentionLayer(int Units, int Window, int Heads) : Layer
{
    internal override int? Reach(int memory) => Window - 1;
}

/// <summary>Each value set to mean 0 and deviation 1 over the train window's rows, then scaled and shifted by trained weights; in testing by the train window's moments.</summary>
/// <param name="Epsilon">Added to the variance, above 0.</param>
public sealed record BatchNormLayer(double Epsilon) : Layer;

/// <summary>Beside each row, its symbol's own trained vector; one that training has not seen has the vector zero, with which all begin.</summary>
/// <param name="Units">Values of the vector.</param>
/// <param name="Symbols">The most symbols that there may be.</param>
public sealed record EmbeddingLayer(int Units, int Symbols) : Layer;

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
        new("batch_norm", "Sets each value to mean 0 and deviation 1 over the rows of the train window, with a trained scale and shift.", typeof(BatchNormLayer), entry => new BatchNormLayer(
            entry.Number("batch_norm", null, Interval.Above(0).AtMost(1), "Added to the variance, such as 1e-5."))),
        new("embedding", "Each symbol's own trained vector beside the row.", typeof(EmbeddingLayer), entry => new EmbeddingLayer(
            entry.Whole("embedding", null, 1, 256, "Values of the vector."),
            entry.Whole("symbols", 128, 1, 100_000, "The most symbols that the prices may have."))),
        new("lstm", "A long short-term memory along each symbol's own bars.", typeof(LstmLayer), entry => new LstmLayer(
            entry.Whole("lstm", null, 1, 4096, "Number of units."))),
        new("gru", "A gated recurrent unit along each symbol's own bars.", typeof(GruLayer), entry => new GruLayer(
            entry.Whole("gru", null, 1, 4096, "Number of units."))),
        new("conv", "A causal dilated convolution along each symbol's own bars.", typeof(ConvolutionLayer), entry => new ConvolutionLayer(
            entry.Whole("conv", null, 1, 4096, "Number of units."), Kernel(entry), Dilation(entry), After(entry))),
        new("tcn", "Two causal dilated convolutions with a skip connection around them.", typeof(TcnLayer), entry => new TcnLayer(
            entry.Whole("tcn", null, 1, 4096, "Number of units."), Kernel(entry), Dilation(entry), After(entry))),
        new("attention", "Causal self-attention over each symbol's newest bars.", typeof(AttentionLayer), ReadAttention),
    ];

    private static int Kernel(SettingsReader entry) => entry.Whole("kernel", 3, 1, 1000, "Taps: the present bar and those before it.");

    private static int Dilation(SettingsReader entry) => entry.Whole("dilation", 1, 1, 1000, "Bars between taps.");

    private static Activation After(SettingsReader entry) => entry.Choice("activation", Activation.Tanh, "What follows the sum.");

    private static AttentionLayer ReadAttention(SettingsReader entry)
    {
        var layer = new AttentionLayer(
            entry.Whole("attention", null, 1, 4096, "Number of units."),
            entry.Whole("window", 63, 1, 2000, "Bars seen, the present one included."),
            entry.Whole("heads", 1, 1, 64, "Heads, which share the units evenly."));
        if (entry.IsSound && layer.Units % layer.Heads != 0)
            entry.Problems.Add(FormattableString.Invariant($"{entry.WhereIs("heads")}: {entry.PathOf("heads")} is {layer.Heads}, which does not divide {layer.Units} units; expected a divisor."));
        return layer;
    }
}
