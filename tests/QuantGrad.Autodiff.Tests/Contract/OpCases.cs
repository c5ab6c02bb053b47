using QuantGrad.Autodiff.Ops;
using QuantGrad.Autodiff.Ops.Series;

namespace QuantGrad.Autodiff.Tests.Contract;

/// <summary>The cases of the op contract: at least one an op. A new op is a new file there and a new row here.</summary>
internal static class OpCases
{
    internal static IEnumerable<OpCase> All =>
    [
        .. Enum.GetValues<Activation>().Select(kind => new OpCase($"activate {kind}", typeof(Activate), g => g.Activate("y", Rows(g, 3), kind))),
        .. Enum.GetValues<Activation>().Where(kind => kind != Activation.Gelu).Select(kind => DenseCase($"dense {kind}", 5, 4, kind)),
        DenseCase("dense 24-32", 24, 32, Activation.Tanh) with { Size = new(19, 3) },
        DenseCase("dense 17-1", 17, 1, Activation.Tanh) with { Size = new(19, 3) },
        DenseCase("dense 1-16", 1, 16, Activation.Identity) with { Size = new(19, 3) },
        DenseCase("dense 33-50", 33, 50, Activation.Relu) with { Size = new(19, 3) },
        new("dropout", typeof(Dropout), g => g.Add("y", new Dropout(0.4), Rows(g, 5))),
        new("standardize", typeof(Standardize), g => g.Add("y", new Standardize(), Rows(g, 4), Fixed(g, "mean", 1, 4), Fixed(g, "std", 1, 4))) { Spread = u => 0.5 + u },
        new("clip", typeof(Clip), g => g.Add("y", new Clip(1), Rows(g, 4))) { Spread = u => u < 0.5 ? -0.9 + 1.8 * u : u < 0.8 ? 1.1 : -1.2 },
        new("add", typeof(Add), g => g.Add("y", new Add(), Rows(g, 4), Rows(g, 4, "u"), Rows(g, 4, "v"))),
        new("mean", typeof(Mean), g => g.Add("y", new Mean(), Rows(g, 4), Rows(g, 4, "u"), Rows(g, 4, "v"))),
        new("multiply same width", typeof(Multiply), g => g.Add("y", new Multiply(), Rows(g, 4), Rows(g, 4, "u"))),
        new("multiply a factor a row", typeof(Multiply), g => g.Add("y", new Multiply(), Rows(g, 4), Rows(g, 1, "u"))),
        new("scale", typeof(Scale), g => g.Add("y", new Scale(-2.5), Rows(g, 4))),
        new("columns", typeof(Columns), g => g.Add("y", new Columns(1, 2), Rows(g, 4))),
        new("concatenate", typeof(Concatenate), g => g.Add("y", new Concatenate(), Rows(g, 4), Rows(g, 1, "u"), Rows(g, 2, "v"))),
        new("layer norm", typeof(LayerNorm), g => g.Add("y", new LayerNorm(), Rows(g, 11), Fixed(g, "gain", 1, 11), Fixed(g, "shift", 1, 11))),
        new("batch norm", typeof(BatchNorm), g => g.Add("y", new BatchNorm(), Rows(g, 4), Fixed(g, "gain", 1, 4), Fixed(g, "shift", 1, 4), g.Constant("m", Shape.Fixed(1, 4)), g.Constant("v", Shape.Fixed(1, 4)))),
        new("batch norm, masked", typeof(BatchNorm), g => g.Add("y", new BatchNorm(), Rows(g, 4), Fixed(g, "gain", 1, 4), Fixed(g, "shift", 1, 4), g.Constant("m", Shape.Fixed(1, 4)), g.Constant("v", Shape.Fixed(1, 4)), g.Input("mask", Shape.PerRow(1)))),
        LstmCase("lstm 3-5", 3, 5),
        LstmCase("lstm 4-16", 4, 16) with { Size = new(6, 2) },
        GruCase("gru 3-5", 3, 5),
        GruCase("gru 2-16", 2, 16) with { Size = new(5, 2) },
        ConvolutionCase("convolution 2 taps", 3, 5, 2, 1),
        ConvolutionCase("convolution 3 taps, dilation 2", 3, 17, 3, 2),
        ConvolutionCase("convolution longer than time", 2, 4, 5, 3),
        new("attention", typeof(CausalAttention), g => g.Add("y", new CausalAttention(4), Rows(g, 3), Rows(g, 3, "k"), Rows(g, 3, "v"))),
        new("attention, 2 heads", typeof(CausalAttention), g => g.Add("y", new CausalAttention(3, 2), Rows(g, 4), Rows(g, 4, "k"), Rows(g, 4, "v"))),
        new("softmax", typeof(Softmax), g => g.Add("y", new Softmax(), Rows(g, 1))),
        new("softmax, masked", typeof(Softmax), g => g.Add("y", new Softmax(), Rows(g, 1), g.Input("mask", Shape.PerRow(1)))),
        new("market neutral", typeof(MarketNeutral), g => g.Add("y", new MarketNeutral(0.1), Rows(g, 1))),
        new("market neutral, masked", typeof(MarketNeutral), g => g.Add("y", new MarketNeutral(0.1), Rows(g, 1), g.Input("mask", Shape.PerRow(1)))) { Size = new(7, 4) },
        new("lookup", typeof(Lookup), g => g.Add("y", new Lookup(), g.Input("index", Shape.PerRow(1)), Fixed(g, "table", 4, 3))) { Inputs = (row, _) => row % 6 - 1 },
        new("to own bars", typeof(ToOwnBars), g => g.Add("y", new ToOwnBars(), Rows(g, 3), g.Input("bar", Shape.PerRow(1)))) { Inputs = OwnBar },
        new("to calendar", typeof(ToCalendar), g => g.Add("y", new ToCalendar(), Rows(g, 3), g.Input("bar", Shape.PerRow(1)))) { Inputs = OwnBar },
        .. Enum.GetValues<ArithmeticKind>().Select(kind => new OpCase($"arithmetic {kind}", typeof(Arithmetic), g => g.Add("y", new Arithmetic(kind), Rows(g, 1), Rows(g, 1, "u"))) { Spread = u => 0.5 + u }),
        new("powers of negative numbers too", typeof(Arithmetic), g => g.Add("y", new Arithmetic(ArithmeticKind.Power), Rows(g, 1), Rows(g, 1, "u"))) { Spread = u => u < 0.5 ? -1.4 + u : 0.5 + u },
        new("arithmetic with a number", typeof(Arithmetic), g => g.Add("y", new Arithmetic(ArithmeticKind.Divide), Rows(g, 1), Fixed(g, "u", 1, 1))),
        .. Enum.GetValues<TransformKind>().Select(kind => new OpCase($"transform {kind}", typeof(Transform), g => g.Add("y", new Transform(kind), Rows(g, 1))) { Spread = u => kind is TransformKind.Abs or TransformKind.Phi ? u < 0.5 ? -1 - u : 0.5 + u : 0.5 + u }),
        new("exceeds", typeof(Exceeds), g => g.Add("y", new Exceeds(), Rows(g, 1), Fixed(g, "u", 1, 1), Setting(g, "scale"), Setting(g, "temperature"))),
        new("larger", typeof(Extreme), g => g.Add("y", new Extreme(true), Rows(g, 1), Rows(g, 1, "u"), Setting(g, "scale"), Setting(g, "temperature"))),
        new("smaller", typeof(Extreme), g => g.Add("y", new Extreme(false), Rows(g, 1), Rows(g, 1, "u"), Setting(g, "scale"), Setting(g, "temperature"))),
        new("box, linear", typeof(BoxParameter), g => g.Add("y", new BoxParameter(-1, 2, BoxScale.Linear, false), Fixed(g, "theta", 3, 1), Setting(g, "temperature"))) { HasOnnx = false },
        new("box, logarithmic", typeof(BoxParameter), g => g.Add("y", new BoxParameter(2, 250, BoxScale.Log, true), Fixed(g, "theta", 1, 1), Setting(g, "temperature"))) { HasOnnx = false },
        new("exponential average", typeof(ExponentialAverage), g => g.Add("y", new ExponentialAverage(), Rows(g, 1), Fixed(g, "alpha", 1, 1))) { Spread = u => 0.1 + 0.8 * u },
        new("exponential average, one a row", typeof(ExponentialAverage), g => g.Add("y", new ExponentialAverage(), Rows(g, 1), Rows(g, 1, "alpha"))) { Spread = u => 0.1 + 0.8 * u },
        new("linear recurrence", typeof(LinearRecurrence), g => g.Add("y", new LinearRecurrence(), Rows(g, 1), Rows(g, 1, "b"))) { Size = new(19, 3) },
        .. Enum.GetValues<WindowKind>().Select(kind => new OpCase($"look-back {kind}", typeof(LookBack), g => g.Add("y", new LookBack(kind, 6), Rows(g, 1), Fixed(g, "n", 1, 1), Setting(g, "temperature"))) { Size = new(11, 3), Spread = u => 2 + 3 * u, FloatTolerance = 3e-4 }),
        .. Enum.GetValues<WindowKind>().Select(kind => new OpCase($"look-back {kind}, kept", typeof(LookBack), g => g.Add("y", new LookBack(kind, 6, isGiven: true), Rows(g, 1), Fixed(g, "n", 1, 1), Setting(g, "temperature"))) { Size = new(11, 3), Spread = u => 2 + 3 * u, FloatTolerance = 3e-4 }),
        new("look-back, a wide mixture", typeof(LookBack), g => g.Add("y", new LookBack(WindowKind.Mean, 200), Rows(g, 1), Fixed(g, "n", 1, 1), Setting(g, "temperature"))) { Size = new(150, 2), Spread = u => 90 + 20 * u, FloatTolerance = 3e-4 },
    ];

    internal static Node Setting(Graph graph, string name) => graph.Constant(name, Shape.Scalar);

    internal static Node Rows(Graph graph, int width, string name = "x") => graph.Parameter(name, Shape.PerRow(width), Initializer.Zero);

    internal static Node Fixed(Graph graph, string name, int rows, int width) => graph.Parameter(name, Shape.Fixed(rows, width), Initializer.Zero);

    /// <summary>The place of a cell among its asset's bars where asset a has none at every (a + 2)nd step.</summary>
    internal static double OwnBar(int row, PlanSize size)
    {
        var (step, every) = (row / size.Assets, row % size.Assets + 2);
        return step % every == every - 1 ? -1 : step - step / every;
    }

    private static OpCase DenseCase(string name, int inputs, int outputs, Activation activation) =>
        new(name, typeof(Dense), g => g.Add("y", new Dense(activation), Rows(g, inputs), Fixed(g, "w", inputs, outputs), Fixed(g, "b", 1, outputs)));

    private static OpCase LstmCase(string name, int inputs, int units) =>
        new(name, typeof(Lstm), g => g.Add("y", new Lstm(), Rows(g, inputs), Fixed(g, "wx", inputs, 4 * units), Fixed(g, "wh", units, 4 * units), Fixed(g, "b", 1, 4 * units)))
        { Spread = u => 1.2 * (u - 0.5) };

    private static OpCase GruCase(string name, int inputs, int units) => new(name, typeof(Gru), g => g.Add(
        "y", new Gru(), Rows(g, inputs), Fixed(g, "wx", inputs, 3 * units), Fixed(g, "wh", units, 3 * units), Fixed(g, "bx", 1, 3 * units), Fixed(g, "bh", 1, 3 * units)))
    { Spread = u => 1.2 * (u - 0.5) };

    private static OpCase ConvolutionCase(string name, int inputs, int outputs, int taps, int dilation) =>
        new(name, typeof(CausalConvolution), g => g.Add("y", new CausalConvolution(taps, dilation), Rows(g, inputs), Fixed(g, "w", taps * inputs, outputs), Fixed(g, "b", 1, outputs)));
}
