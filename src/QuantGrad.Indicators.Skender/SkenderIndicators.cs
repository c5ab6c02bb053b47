#if SKENDER_PACKAGE
using System.Collections;
using System.Reflection;
using QuantGrad.MarketData;
using Skender.Stock.Indicators;

namespace QuantGrad.Indicators.Skender;

/// <summary>
/// Computes an indicator of the catalogue with the package Skender.Stock.Indicators, to compare the two. The package's methods are found by name
/// (<c>GetAdx</c>, or <c>ToAdx</c> in its later versions), its parameters go by position and its results by the names of the fields.
/// </summary>
public static class SkenderIndicators
{
    /// <summary>Where the package's name of an indicator or a field is not ours.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["stdev"] = "stddev",
        ["roc_wb"] = "rocwb",
    };

    /// <summary>Whether the package has the indicator.</summary>
    public static bool Has(IndicatorDefinition definition) => MethodOf(definition) is not null;

    /// <summary>The fields of every bar, <c>[T][fields]</c>; NaN where the package gives none, and in a field that it does not have.</summary>
    /// <param name="definition">An indicator that <see cref="Has"/>.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="bars">The bars.</param>
    public static double[][] Compute(IndicatorDefinition definition, double[] parameters, IReadOnlyList<Bar> bars)
    {
        var method = MethodOf(definition) ?? throw new ArgumentException($"The package has no {definition.Name}.", nameof(definition));
        var quotes = bars.Select(static bar => new Quote
        {
            Date = bar.Time,
            Open = (decimal)bar.Open,
            High = (decimal)bar.High,
            Low = (decimal)bar.Low,
            Close = (decimal)bar.Close,
            Volume = (decimal)bar.Volume,
        }).ToList();
        var arguments = method.GetParameters().Select((p, i) => i == 0 ? quotes : Argument(p, i - 1, parameters)).ToArray();
        var results = ((IEnumerable)method.Invoke(null, arguments)!).Cast<object>();
        return [.. results.Select(result => Array.ConvertAll(definition.Fields, field => ValueOf(result, field)))];
    }

    private static MethodInfo? MethodOf(IndicatorDefinition definition)
    {
        var name = NormalizedName(Names.GetValueOrDefault(definition.Name, definition.Name));
        return typeof(Quote).Assembly.GetExportedTypes()
            .Where(static type => type.IsAbstract && type.IsSealed)
            .SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => NormalizedName(method.Name) is var full && (full == "get" + name || full == "to" + name))
            .Select(static method => method.IsGenericMethodDefinition ? Close(method) : method)
            .Where(method => method is not null && method.GetParameters() is [var first, ..] && first.ParameterType.IsAssignableFrom(typeof(List<Quote>)))
            .OrderBy(method => Math.Abs(method!.GetParameters().Length - 1 - definition.Parameters.Length))
            .FirstOrDefault();
    }

    private static MethodInfo? Close(MethodInfo method)
    {
        try
        {
            return method.MakeGenericMethod(typeof(Quote));
        }
        catch (ArgumentException)
        {
            // Its constraint asks for something other than quotes.
            return null;
        }
    }

    private static object? Argument(ParameterInfo parameter, int index, double[] parameters)
    {
        if (index >= parameters.Length) return parameter.DefaultValue;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type.IsEnum
            ? parameter.DefaultValue ?? Enum.ToObject(type, (int)parameters[index])
            : Convert.ChangeType(parameters[index], type, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static double ValueOf(object result, string field)
    {
        var property = Array.Find(result.GetType().GetProperties(), p => NormalizedName(p.Name) == NormalizedName(field));
        return property?.GetValue(result) switch
        {
            null => double.NaN,
            bool flag => flag ? 1 : 0,
            var value => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    private static string NormalizedName(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
#endif
