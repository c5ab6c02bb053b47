using System.Text;

namespace QuantGrad.MarketData.Downloading;

/// <summary>What the answers of several sources have in common.</summary>
internal static class Answers
{
    /// <summary>Refuses a web page or a vendor's word where prices should be, although the status says 200.</summary>
    /// <exception cref="PriceDataException">There is nothing for this symbol.</exception>
    /// <exception cref="QuantGradException">With exit code 75: the day's limit is used up.</exception>
    internal static void RefuseWebPage(string symbol, byte[] body)
    {
        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 200))).TrimStart('\uFEFF', ' ', '\r', '\n');
        var line = text.Split('\n')[0].Trim();
        if (text.Length == 0) throw new BrokenBodyException("the body is empty");
        if (text[0] == '<') throw new PriceDataException($"{symbol}: the server answers with a web page ('{line}') instead of prices; it may want a key, a consent or a pause.");
        if (line.StartsWith("No data", StringComparison.OrdinalIgnoreCase)) throw new PriceDataException($"{symbol}: the server says 'No data'; check the symbol and the dates.");
        if (line.StartsWith("Exceeded", StringComparison.OrdinalIgnoreCase)) throw new QuantGradException($"{symbol}: the server says '{line}'; try again tomorrow.", 75);
    }

    /// <summary>Seconds since 1970 as ticks of UTC.</summary>
    internal static long Ticks(long seconds) => DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond);

    /// <summary>Reads CSV of any layout; a file that breaks off is a broken body.</summary>
    internal static BarSeries ReadCsv(string symbol, byte[] body, DefectLog log)
    {
        var own = new DefectLog();
        var file = PriceReader.Read(new PriceText(symbol + ".csv", body, "none", "UTF-8", () => ""), own);
        var defects = own.ToList();
        if (defects.FirstOrDefault(defect => defect.Code == DefectCodes.PartialLastLine) is { } cut) throw new BrokenBodyException(cut.Message);
        if (defects.FirstOrDefault(defect => defect.Policy == DefectPolicy.Fail) is { } refused) throw new PriceDataException(refused.ToString());
        log.AddKnown(defects);
        return file.Series[0];
    }
}
