using QuantGrad.Indicators;
using QuantGrad.MarketData;

namespace QuantGrad.Features.Compilation;

/// <summary>
/// Compiled formulas: every distinct subexpression is one instruction, which writes its own slots. The instructions stand in stages;
/// between two stages, cross-sectional figures are exchanged among the symbols of a date.
/// </summary>
internal sealed class FeatureProgram
{
    /// <summary>Slots 0 to 4 hold the bar: open, high, low, close, volume.</summary>
    public static readonly string[] Series = ["open", "high", "low", "close", "volume"];

    /// <summary>What each of the first five slots reads of the bar.</summary>
    public static readonly Inputs[] SeriesInputs = [Inputs.Open, Inputs.High, Inputs.Low, Inputs.Close, Inputs.Volume];

    /// <summary>The values a symbol starts with: constants in their slots, NaN elsewhere.</summary>
    public required double[] Initial { get; init; }

    /// <summary>The instructions of each stage, as makers of a fresh instruction for one symbol.</summary>
    public required Func<Step>[][] Stages { get; init; }

    /// <summary>The cross-sectional figures computed after each stage.</summary>
    public required CrossSection[][] CrossSections { get; init; }

    /// <summary>The slots that a later stage reads, to be kept from stage to stage in a batch.</summary>
    public required int[] Carried { get; init; }

    /// <summary>The slot of each feature.</summary>
    public required int[] Outputs { get; init; }
}

/// <summary>A program's memory for one symbol.</summary>
internal sealed class SymbolState(FeatureProgram program)
{
    private readonly Step[][] stages = Array.ConvertAll(program.Stages, static stage => Array.ConvertAll(stage, static make => make()));

    /// <summary>The present bar's values, by slot.</summary>
    public double[] Values { get; } = (double[])program.Initial.Clone();

    /// <summary>Runs one stage for the bar; stage 0 also takes the bar in.</summary>
    public void Run(int stage, in Bar bar)
    {
        var values = Values;
        (values[0], values[1], values[2], values[3], values[4]) = (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume);
        foreach (var step in stages[stage]) step.Run(bar, values);
    }
}
