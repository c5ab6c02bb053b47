using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace QuantGrad.Strategies.Reading;

/// <summary>
/// Reads YAML into <see cref="Node"/>s. What a strategy file never needs and a hostile one lives on (depth, anchors, aliases, several
/// documents, a key written twice) is refused while the events go by, before anything is built from them.
/// </summary>
internal static class YamlTree
{
    /// <summary>The deepest nesting read; a strategy file has 5 levels.</summary>
    public const int MaxDepth = 32;

    /// <summary>Reads one document whose top level is a map.</summary>
    public static MapNode Read(string text, Source source)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _)) throw new UsageException($"{source.Name} is empty; expected a strategy, see strategies/quickstart.yaml.");
            var root = ReadNode(parser, source, depth: 1);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _)) throw Refused(source, parser.Current!.Start, "a second document begins here; expected one strategy a file");
            return root as MapNode ?? throw new UsageException($"{root.Where}: found {root.Found}; expected keys such as name:, data: and features:.");
        }
        catch (YamlException fault)
        {
            throw NotYaml(source, fault.Start, fault);
        }
        catch (InvalidOperationException fault)
        {
            // YamlDotNet's scanner ends in this for some damaged files.
            throw NotYaml(source, parser.Current?.End ?? new Mark(), fault);
        }
    }

    private static UsageException NotYaml(Source source, Mark at, Exception fault) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{source.Name}, line {at.Line}, column {at.Column}: not YAML from here on: {fault.Message}"), fault);

    private static Node ReadNode(Parser parser, Source source, int depth)
    {
        var start = parser.Current!.Start;
        if (depth > MaxDepth) throw Refused(source, start, string.Create(CultureInfo.InvariantCulture, $"more than {MaxDepth} levels inside one another"));
        if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw Refused(source, start, "an anchor (&) or an alias (*); write the value where it is needed");

        if (parser.TryConsume<Scalar>(out var scalar)) return ToScalar(scalar, source);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new ListNode(source, start.Line, []);
            while (!parser.TryConsume<SequenceEnd>(out _)) list.Items.Add(ReadNode(parser, source, depth + 1));
            return list;
        }

        parser.Consume<MappingStart>();
        var map = new MapNode(source, start.Line, []);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var name)) throw Refused(source, parser.Current!.Start, "a key that is not plain text");
            var key = ToScalar(name, source);
            if (map.Find(key.Text) is { } earlier)
                throw Refused(source, name.Start, string.Create(CultureInfo.InvariantCulture, $"the key \"{key.Text}\" a second time (first on line {earlier.Key.Line}); keep one of them"));
            map.Entries.Add(new MapEntry(key, ReadNode(parser, source, depth + 1)));
        }
        return map;
    }

    private static ScalarNode ToScalar(Scalar scalar, Source source) =>
        new(source, scalar.Start.Line, scalar.Value, Quoted: scalar.Style is not ScalarStyle.Plain);

    private static UsageException Refused(Source source, Mark at, string found) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{source.Name}, line {at.Line}: found {found}."));
}
