using FsCheck;
using FsCheck.Fluent;
using QuantGrad.Autodiff;
using QuantGrad.Strategies;

namespace QuantGrad.Tests.Strategies;

public sealed class StrategyFuzzTests
{
    private static readonly string[] Fragments =
        ["{", "}", "[", "]", ":", "\n", "  ", "- ", "\t", "\"", "'", "#", "&a", "*a", "!!int", "|", ">", "?", "%", "@", "null", "~", "\0", "\u2028", "1e999", "-0", "NaN", "5y", "---\n", ".."];

    [Fact]
    public void Parse_DamagedFile_IsReadOrRefusedInWords()
    {
        var sample = File.ReadAllText(Repository.PathOf("strategies/deep-momentum.yaml"));
        var random = RandomStream.For(7, "damaged strategy files");
        for (var round = 0; round < 800; round++)
        {
            var text = Damage(sample, random);
            try
            {
                var strategy = StrategyFile.Parse(text, "damaged.yaml");
                Assert.Equal(strategy.Hash(), StrategyFile.Parse(strategy.ToCanonicalJson(), "canonical.json").Hash());
            }
            catch (UsageException fault)
            {
                Assert.Contains("damaged.yaml", fault.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void WindowLength_WrittenAndRead_IsTheSame() => Prop.ForAll(
        Gen.Zip(Gen.Choose(0, 99), Gen.Elements(Enum.GetValues<WindowUnit>())).ToArbitrary(),
        window => WindowLength.TryParse(new WindowLength(window.Item1, window.Item2).ToString(), allowPercent: true, out var read) && read == new WindowLength(window.Item1, window.Item2))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void WindowLength_AnyText_IsReadOrNotWithoutAFault() =>
        Prop.ForAll<string>(text => WindowLength.TryParse(text ?? "", allowPercent: false, out var length) ? length.Count >= 0 : length == default).QuickCheckThrowOnFailure();

    private static string Damage(string text, RandomStream random)
    {
        for (var hits = 1 + random.NextInteger(3); hits > 0; hits--)
        {
            var at = random.NextInteger(text.Length);
            var until = Math.Min(text.Length, at + random.NextInteger(12));
            text = random.NextInteger(3) switch
            {
                0 => text[..at] + text[until..],
                1 => text[..at] + Fragments[random.NextInteger(Fragments.Length)] + text[at..],
                _ => text[..at] + text[at..until] + text[at..],
            };
        }
        return text;
    }
}
