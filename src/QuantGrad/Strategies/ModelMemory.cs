using QuantGrad.Rules;

namespace QuantGrad.Strategies;

/// <summary>How a model looks along time: the numbers that the windows of training and testing, the export and the server take from it.</summary>
internal static class ModelMemory
{
    /// <summary>
    /// Whether a position depends on more than one row. Such a model sees each symbol's own usable bars one after another (every feature defined and a bar there),
    /// never the calendar's holes.
    /// </summary>
    public static bool LooksAlongTime(this ModelSettings model) => model.Rule is not null || Reaches(model).Any(reach => reach is not null);

    /// <summary>
    /// How many of a symbol's usable bars before its newest a position depends on, 0 for a model of one row: the receptive field of convolutions and attention;
    /// for a recurrent layer, which forgets only by and by, the setting <c>model.network.memory</c>; for a rule what its box allows. So many rows lead into each window.
    /// </summary>
    public static int Memory(this ModelSettings model) => Reaches(model).Sum(reach => reach ?? 0) + (model.Rule is null ? 0 : Span(model).Memory);

    /// <summary>Whether the model has a recurrent layer, whose state fades instead of ending: what it remembers is measured, not known.</summary>
    public static bool ForgetsByAndBy(this ModelSettings model) => model.Network is { } network && network.Layers.Any(layer => layer is LstmLayer or GruLayer);

    /// <summary>
    /// The same while training: a rule's averages are given a quarter of their memory, four time constants, after which a fiftieth of what they began with is left; it
    /// moves no optimum, and most of the rows would be lead-in otherwise.
    /// </summary>
    public static int TrainingMemory(this ModelSettings model) => model.Rule is null ? model.Memory() : Math.Min(model.Memory(), model.WarmUpBars() + model.Memory() / 4);

    /// <summary>
    /// Usable bars of a symbol before its first decision: a rule waits for its longest look-back, a network decides from the first usable bar on, as it was trained to.
    /// </summary>
    public static int WarmUpBars(this ModelSettings model) => model.Rule is null ? 0 : Span(model).WarmUp;

    /// <summary>The kind of model in a bundle's manifest: <c>network</c>, <c>sequence</c> or <c>rule</c>.</summary>
    public static string Kind(this ModelSettings model) => model.Rule is not null ? "rule" : model.LooksAlongTime() ? "sequence" : "network";

    private static (int WarmUp, int Memory) Span(ModelSettings model) => RuleFormula.Parse(model.Rule!, [], model.Network is not null).Span();

    private static IEnumerable<int?> Reaches(ModelSettings model) => model.Network is { } network ? network.Layers.Select(layer => layer.Reach(network.Memory)) : [];
}
