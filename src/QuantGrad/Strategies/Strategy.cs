using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace QuantGrad.Strategies;

/// <summary>A strategy file as resolved: every default filled in, every path absolute, every value checked.</summary>
/// <param name="Name">Names the folder of its runs; letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
/// <param name="Data">The prices.</param>
/// <param name="Features">Named formulas in the file's order, which is the order of the model's inputs; empty for a rule without features.</param>
/// <param name="Model">A network or a rule.</param>
/// <param name="Position">From the model's output to weights.</param>
/// <param name="Costs">What trading costs.</param>
/// <param name="Execution">When orders are filled.</param>
/// <param name="Objective">What training maximises.</param>
/// <param name="Training">How it is maximised.</param>
/// <param name="WalkForward">Which bars train and which test.</param>
/// <param name="Seed">The root of every random stream of the run.</param>
public sealed record Strategy(
    string Name,
    DataSettings Data,
    IReadOnlyList<FeatureFormula> Features,
    ModelSettings Model,
    PositionSettings Position,
    CostSettings Costs,
    ExecutionSettings Execution,
    ObjectiveSettings Objective,
    TrainingSettings Training,
    WalkForwardSettings WalkForward,
    int Seed)
{
    /// <summary>
    /// The strategy as JSON with keys in the order of the records: the same strategy gives the same text on every machine,
    /// and the text is itself a strategy file that reads back to an equal strategy.
    /// </summary>
    public string ToCanonicalJson() => StrategyJson.Write(this);

    /// <summary>
    /// SHA-256 of the canonical JSON without the data's paths, as 64 lower-case hexadecimal digits. Where the prices lie is not part
    /// of a strategy; what they are has its own hash.
    /// </summary>
    public string Hash()
    {
        var json = StrategyJson.Write(this with { Data = Data with { Path = [] } });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
    }
}

/// <summary>A named formula over bars.</summary>
/// <param name="Name">A letter or <c>_</c>, then letters, digits and <c>_</c>.</param>
/// <param name="Formula">The expression, e.g. <c>ret(21) / (vol(63) * sqrt(21))</c>.</param>
/// <param name="Where">File and line (or <c>--set …</c>) it was read from, to begin an error message with; empty when made in code.</param>
public sealed record FeatureFormula(string Name, string Formula, [property: JsonIgnore] string Where = "");
