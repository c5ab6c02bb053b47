namespace QuantGrad.Exporting;

/// <summary>Whether a manifest makes sense: the values that a well-formed text can still have wrong.</summary>
internal static class ManifestCheck
{
    /// <summary>Checks a manifest.</summary>
    /// <exception cref="ModelException">Names the key, what was found and what would be right.</exception>
    public static void Check(BundleManifest manifest, string name)
    {
        Require(manifest.Name.Length is > 0 and <= 100 && manifest.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'), "name", manifest.Name, "letters, digits, '-', '_' and '.'");
        Require(manifest.ModelVersion >= 1, "model_version", manifest.ModelVersion, "1 or more");
        Require(manifest.Kind is "network" or "sequence" or "rule", "kind", manifest.Kind, "network, sequence or rule");
        Require(manifest.SequenceBars >= 0 && (manifest.Kind == "rule" || manifest.SequenceBars > 0 == (manifest.Kind == "sequence")), "sequence_bars", manifest.SequenceBars, "the window of a sequence model, else 0");
        Require(manifest.WarmUpBars >= 0, "warm_up_bars", manifest.WarmUpBars, "0 or more");
        Require(manifest.Features.Count > 0, "features", 0, "at least one");
        foreach (var feature in manifest.Features)
        {
            Require(feature.HistoryBars >= 1, $"features.{feature.Name}.history_bars", feature.HistoryBars, "1 or more");
            Require(feature.Minimum <= feature.Maximum, $"features.{feature.Name}.minimum", feature.Minimum, $"at most the maximum {feature.Maximum}");
        }

        var twice = manifest.Features.GroupBy(feature => feature.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        Require(twice is null, "features", twice?.Key ?? "", "each name once");
        Require(manifest.Market.BarSeconds > 0, "market.bar_seconds", manifest.Market.BarSeconds, "more than 0");
        Require(manifest.Market.PeriodsPerYear > 0, "market.periods_per_year", manifest.Market.PeriodsPerYear, "more than 0");
        Require(manifest.Window.TrainStart <= manifest.Window.TrainEnd, "window.train_end", manifest.Window.TrainEnd, "not before train_start");
        Require((manifest.Window.ValidationEnd ?? manifest.Window.TrainEnd) < manifest.Window.NotBefore, "window.not_before", manifest.Window.NotBefore, "after the last bar that was seen");
        Require(manifest.Window.Expires is null || manifest.Window.Expires >= manifest.Window.NotBefore, "window.expires", manifest.Window.Expires ?? default, "not before not_before");
        Require(manifest.Position.Sizing is "vol_target" or "none", "position.sizing", manifest.Position.Sizing, "vol_target or none");
        Require(manifest.Position.Portfolio is "equal" or "softmax" or "market_neutral", "position.portfolio", manifest.Position.Portfolio, "equal, softmax or market_neutral");
        Require(manifest.Position.Sizing == "none" || (manifest.Position.VolTarget > 0 && manifest.Position.VolSpan > 1), "position.vol_target", manifest.Position.VolTarget, "more than 0, with a span of 2 or more");
        Require(manifest.Fill is "next_open" or "next_close" or "close", "fill", manifest.Fill, "next_open, next_close or close");

        void Require(bool holds, string key, object found, string right)
        {
            if (!holds) throw new ModelException(FormattableString.Invariant($"{name}: {key} is {found}; expected {right}."));
        }
    }
}
