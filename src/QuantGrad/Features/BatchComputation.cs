using QuantGrad.Features.Compilation;
using QuantGrad.MarketData;

namespace QuantGrad.Features;

/// <summary>Runs a program over a whole panel: stage by stage, symbols in parallel, cross-sections between the stages.</summary>
internal sealed class BatchComputation
{
    private readonly FeatureProgram program;
    private readonly Panel panel;
    private readonly FeatureTable table;
    private readonly ParallelOptions parallel;
    private readonly SymbolState[] states;

    /// <summary>The slots that outlive their stage, <c>[slot][T·A]</c>, symbols innermost; null for all others.</summary>
    private readonly double[]?[] carried;

    public BatchComputation(FeatureSet set, Panel panel, int threads)
    {
        program = set.Program;
        this.panel = panel;
        table = new FeatureTable(set.Names, panel.Steps, panel.Assets);
        parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) };
        states = new SymbolState[panel.Assets];
        carried = new double[program.Initial.Length][];
        foreach (var slot in Kept()) carried[slot] = new double[panel.Steps * panel.Assets];
        table.Values.AsSpan().Fill(double.NaN);
    }

    public FeatureTable Run()
    {
        for (var stage = 0; stage < program.Stages.Length; stage++)
        {
            var current = stage;
            Parallel.For(0, panel.Assets, parallel, asset => RunSymbol(current, asset));
            foreach (var cross in program.CrossSections[stage]) Exchange(cross);
        }
        return table;
    }

    /// <summary>Features that are known before the last stage are kept too, since rows are written in the last one.</summary>
    private IEnumerable<int> Kept() => program.Stages.Length == 1 ? [] : program.Carried.Concat(program.Outputs).Distinct();

    private void RunSymbol(int stage, int asset)
    {
        var state = states[asset] ??= new SymbolState(program);
        var isLast = stage == program.Stages.Length - 1;
        for (var step = 0; step < panel.Steps; step++)
        {
            if (!panel.HasBar(step, asset)) continue;
            var at = step * panel.Assets + asset;
            if (stage > 0) Load(state.Values, at);
            state.Run(stage, panel.At(step, asset));
            if (!isLast) Save(state.Values, at);
            else Write(state.Values, table.Row(step, asset));
        }
    }

    private void Load(double[] values, int at)
    {
        for (var slot = 0; slot < carried.Length; slot++)
            if (carried[slot] is { } kept) values[slot] = kept[at];
    }

    private void Save(double[] values, int at)
    {
        for (var slot = 0; slot < carried.Length; slot++)
            if (carried[slot] is { } kept) kept[at] = values[slot];
    }

    private void Write(double[] values, Span<double> row)
    {
        for (var feature = 0; feature < row.Length; feature++) row[feature] = FeatureStream.Defined(values[program.Outputs[feature]]);
    }

    private void Exchange(CrossSection cross)
    {
        var (operand, result) = (carried[cross.Operand]!, carried[cross.Result]!);
        var scratch = new double[panel.Assets];
        for (var step = 0; step < panel.Steps; step++)
        {
            var row = result.AsSpan(step * panel.Assets, panel.Assets);
            for (var asset = 0; asset < row.Length; asset++)
                row[asset] = panel.HasBar(step, asset) ? FeatureStream.Defined(operand[step * panel.Assets + asset]) : double.NaN;
            CrossSection.Apply(cross.Kind, row, scratch);
        }
    }
}
