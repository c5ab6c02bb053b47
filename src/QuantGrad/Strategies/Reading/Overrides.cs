namespace QuantGrad.Strategies.Reading;

/// <summary>Puts <c>--set key.path=value</c> into a tree, over what the file says.</summary>
internal static class Overrides
{
    /// <summary>The tree with the value set; the tree handed in is changed.</summary>
    /// <param name="root">The strategy file.</param>
    /// <param name="text"><c>key.path=value</c>; the value is YAML when it is a list or a group in brackets, else plain text.</param>
    public static void Apply(MapNode root, string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) throw new UsageException($"--set {text}: expected key.path=value, for instance --set training.epochs=50.");
        var source = new Source($"--set {text}", Directory.GetCurrentDirectory(), HasLines: false);
        var path = text[..equals].Trim().Split('.');
        var value = ToNode(text[(equals + 1)..].Trim(), source);

        Node at = root;
        for (var i = 0; i < path.Length - 1; i++) at = Descend(at, path, i, source);
        Put(at, path, value, source);
    }

    private static Node ToNode(string value, Source source) => value switch
    {
        ['[' or '{' or '"' or '\'', ..] => YamlTree.Read($"value: {value}", source).Entries[0].Value,
        _ => new ScalarNode(source, 0, value, Quoted: false),
    };

    // A section that the file leaves out, or leaves empty, is made.
    private static Node Descend(Node at, string[] path, int i, Source source)
    {
        if (at is ListNode list) return list.Items[Index(list, path, i, source)];
        var map = AsMap(at, path, i, source);
        if (map.Find(path[i]) is { Value: not ScalarNode { IsNull: true } } entry) return entry.Value;
        var made = new MapNode(source, 0, []);
        Put(map, path[..(i + 1)], made, source);
        return made;
    }

    private static void Put(Node at, string[] path, Node value, Source source)
    {
        if (at is ListNode list)
        {
            list.Items[Index(list, path, path.Length - 1, source)] = value;
            return;
        }
        var map = AsMap(at, path, path.Length - 1, source);
        var entry = new MapEntry(new ScalarNode(source, 0, path[^1], Quoted: false), value);
        var old = map.Entries.FindIndex(e => string.Equals(e.Key.Text, path[^1], StringComparison.Ordinal));
        if (old < 0) map.Entries.Add(entry);
        else map.Entries[old] = entry;
    }

    private static int Index(ListNode list, string[] path, int i, Source source) =>
        int.TryParse(path[i], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index) && index < list.Items.Count
            ? index
            : throw new UsageException($"{source.Name}: {string.Join('.', path[..i])} is a list of {list.Items.Count}; expected a number from 0 to {list.Items.Count - 1}, found \"{path[i]}\".");

    private static MapNode AsMap(Node at, string[] path, int i, Source source) =>
        at as MapNode ?? throw new UsageException($"{source.Name}: {string.Join('.', path[..i])} is {at.Found} and has no keys inside.");
}
