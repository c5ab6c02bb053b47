using System.Globalization;
using QuantGrad.Features.Syntax;
using QuantGrad.Indicators;

namespace QuantGrad.Features.Compilation;

internal sealed partial class Compiler
{
    /// <summary>Binds a call's arguments to an indicator's series and parameters.</summary>
    private sealed class IndicatorCall(Compiler compiler, CallExpression call, IndicatorDefinition definition)
    {
        private readonly double[] values = [.. definition.Parameters.Select(static _ => double.NaN)];
        private readonly List<Node> series = [];

        public Node Compile()
        {
            Bind();
            for (var i = 0; i < values.Length; i++)
                if (double.IsNaN(values[i])) values[i] = definition.Parameters[i].Default ?? throw Missing(definition.Parameters[i]);
            if (definition.Check(values) is { } broken) throw Error(call.Position, $"{call.Name}: {broken}");
            if (definition.TakesSecond && series.Count < 2)
                throw Error(call.Position, $"{call.Name} compares two series, which come first: {call.Name}(close, volume, …)");
            var field = IndicatorField.Of(call, definition, compiler.source);
            var first = Emit();
            return first with { Slot = first.Slot + field, WarmUp = first.WarmUp + definition.WarmUpOf(field, values) };
        }

        private Node Emit()
        {
            var on = series.Aggregate(new Node(0, 0, 0), Join);
            // On the bar itself and on the close written out is the same thing, and is computed once.
            var isBar = series.Count == 0 || (series.Count == 1 && series[0].Slot == Array.IndexOf(FeatureProgram.Series, "close"));
            if (isBar) compiler.Reads |= definition.Inputs;
            var key = string.Create(CultureInfo.InvariantCulture, $"{definition.Name}[{string.Join(';', values)}]@{(isBar ? "bar" : string.Join(';', series.Select(static s => s.Slot)))}");
            var (width, parameters) = (definition.Fields.Length, (double[])values.Clone());
            return compiler.Once(key, () => isBar
                ? compiler.EmitWide(on, width, slot => () => new BarIndicatorStep(definition.Create(parameters), slot, width))
                : compiler.EmitWide(on, width, slot => () => new SeriesIndicatorStep(
                    definition.Create(parameters), series[0].Slot, series.Count > 1 ? series[1].Slot : -1, slot, width), [.. series]));
        }

        private void Bind()
        {
            var next = 0;
            foreach (var argument in call.Arguments)
            {
                if (argument.Name is not null) Set(Named(argument), argument);
                else if (TakesSeries(next, argument)) series.Add(compiler.Visit(argument.Value));
                else if (next < values.Length) Set(next++, argument);
                else throw Error(argument.Position, $"{call.Name} takes {Count(values.Length)}, this is one more{Known()}");
            }
        }

        private bool TakesSeries(int next, Argument argument)
        {
            if (next > 0 || IsChoice(0, argument.Value)) return false;
            if (series.Count >= (definition.TakesSecond ? 2 : 1)) return false;
            if (compiler.Visit(argument.Value).Constant is not null) return false;
            if (definition.IsChainable) return true;
            throw Error(argument.Position, $"{call.Name} reads {Read()} of the bar and cannot be computed on another series");
        }

        private bool IsChoice(int index, Expression value) =>
            index < values.Length && definition.Parameters[index].Choices is not null && value is NameExpression;

        private int Named(Argument argument)
        {
            var name = IndicatorCatalog.Normalize(argument.Name!);
            var index = Array.FindIndex(definition.Parameters, p => IndicatorCatalog.Normalize(p.Name) == name);
            if (index < 0)
                throw Error(argument.Position, $"{call.Name} has no argument '{argument.Name}'{NearestName.Hint(argument.Name!, definition.Parameters.Select(static p => p.Name))}{Known()}");
            return double.IsNaN(values[index]) ? index : throw Error(argument.Position, $"the argument '{argument.Name}' is given twice");
        }

        private void Set(int index, Argument argument)
        {
            var parameter = definition.Parameters[index];
            values[index] = IsChoice(index, argument.Value) ? ChoiceOf(parameter, (NameExpression)argument.Value) : NumberOf(parameter, argument);
            if (parameter.Refusal(values[index]) is { } refusal) throw Error(argument.Position, $"{call.Name}: {refusal}");
        }

        private double NumberOf(IndicatorParameter parameter, Argument argument) =>
            compiler.Visit(argument.Value).Constant
            ?? throw Error(argument.Position, $"{call.Name}: {parameter.Name} must be a number, not a series");

        private double ChoiceOf(IndicatorParameter parameter, NameExpression word)
        {
            var index = Array.FindIndex(parameter.Choices!, c => IndicatorCatalog.Normalize(c) == IndicatorCatalog.Normalize(word.Name));
            return index >= 0 ? index : throw Error(word.Position, $"{call.Name}: {parameter.Name} must be {string.Join(" or ", parameter.Choices!)}, not '{word.Name}'");
        }

        private UsageException Missing(IndicatorParameter parameter) => Error(
            call.Position, string.Create(CultureInfo.InvariantCulture, $"{call.Name} needs {parameter.Name}, as in {call.Name}({string.Join(", ", definition.Parameters.Select(static p => p.Typical))})"));

        private string Known() => definition.Parameters.Length == 0 ? "" : $" (it has {string.Join(", ", definition.Parameters.Select(static p => p.Name))})";

        private static string Count(int count) => count == 0 ? "no arguments" : count == 1 ? "1 argument" : $"{count} arguments";

        private string Read() => string.Join(", ", FeatureProgram.Series.Where((_, i) => definition.Inputs.HasFlag(FeatureProgram.SeriesInputs[i])));

        private UsageException Error(int position, string message) => compiler.source.Error(position, message);
    }
}
