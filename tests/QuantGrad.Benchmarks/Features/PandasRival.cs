using System.Diagnostics;
using System.Globalization;

namespace QuantGrad.Benchmarks.Features;

/// <summary>pandas in a process of its own, which computes all features once for every line that it is sent.</summary>
internal sealed class PandasRival : IDisposable
{
    private const string Script = """
        import sys, time
        import numpy as np, pandas as pd
        symbols, days = int(sys.argv[1]), int(sys.argv[2])
        t = np.arange(days, dtype=float)
        close = np.stack([100 * np.exp(0.05 * np.sin(t / (15.0 + a)) + 0.01 * np.sin(1.7 * t) + 0.3 * np.sin(t / 400.0)) for a in range(symbols)], axis=1)
        column = lambda x: x[:, None]
        c = pd.DataFrame(close)
        h = pd.DataFrame(close * column(1.006 + 0.003 * np.sin(3.1 * t)))
        l = pd.DataFrame(close * column(0.994 + 0.003 * np.sin(2.9 * t)))
        v = pd.DataFrame(np.repeat(column(1e6 * (2 + np.sin(0.7 * t))), symbols, axis=1))
        formulas = [compile(line, line, 'eval') for line in sys.argv[3:]]
        def features():
            r, d = c / c.shift(1) - 1, c.diff()
            m = c.ewm(span=12, adjust=False).mean() - c.ewm(span=26, adjust=False).mean()
            names = {'np': np, 'c': c, 'h': h, 'l': l, 'v': v, 'r': r, 'd': d, 'm': m}
            return [eval(formula, names) for formula in formulas]
        print(pd.__version__, flush=True)
        print(' '.join(repr(float(x.iloc[-1, 0])) for x in features()), flush=True)
        for _ in sys.stdin:
            start = time.perf_counter()
            features()
            print(1000 * (time.perf_counter() - start), flush=True)
        """;

    private readonly Process process;

    private PandasRival(Process process, string version)
    {
        this.process = process;
        Version = version;
        LastRow = [.. process.StandardOutput.ReadLine()!.Split(' ').Select(Number)];
    }

    /// <summary>pandas' version.</summary>
    public string Version { get; }

    /// <summary>Every feature of the first symbol on the last day.</summary>
    public double[] LastRow { get; }

    /// <summary>Starts it; null with a word on standard error where pandas is not installed.</summary>
    public static PandasRival? Start(IEnumerable<string> formulas, int symbols, int days)
    {
        foreach (var python in new[] { "python3", "/usr/bin/python3" })
        {
            var start = new ProcessStartInfo(python) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])["-c", Script, $"{symbols}", $"{days}", .. formulas]) start.ArgumentList.Add(argument);
            try
            {
                var process = Process.Start(start)!;
                if (process.StandardOutput.ReadLine() is { } version) return new PandasRival(process, version);
                process.Dispose();
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such Python; the next may be there.
            }
        }
        Console.Error.WriteLine("pandas is not installed (on Debian: python3-pandas), so it is left out.");
        return null;
    }

    /// <summary>One computation of all features.</summary>
    public double Milliseconds()
    {
        process.StandardInput.WriteLine();
        return Number(process.StandardOutput.ReadLine()!);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
