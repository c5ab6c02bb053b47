using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using QuantGrad.MarketData;
using QuantGrad.Training;

namespace QuantGrad.Benchmarks.WalkForward;

/// <summary><c>pandas_torch.py</c> in a process of its own, which does one walk-forward for every line that it is sent.</summary>
internal sealed class TorchRival : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly Process process;

    private TorchRival(Process process, Versions versions)
    {
        this.process = process;
        Name = $"pandas {versions.Pandas}, torch {versions.Torch}, {versions.Threads} x {versions.AtOnce} threads";
    }

    /// <summary>Versions, and the threads that it has found fastest: of one operation × windows at once.</summary>
    public string Name { get; }

    /// <summary>Starts it; null with a word on standard error where pandas or PyTorch is not installed.</summary>
    public static TorchRival? Start(Panel panel, IEnumerable<string> formulas, IReadOnlyList<Fold> folds, int epochs, double learningRate, double cost)
    {
        var settings = JsonSerializer.Serialize(new
        {
            Symbols = panel.Assets, Days = panel.Steps, Formulas = formulas, Epochs = epochs, LearningRate = learningRate, Cost = cost,
            Folds = folds.Select(fold => new[] { fold.Train.Start, fold.Train.End, fold.Test.Start, fold.Test.End }),
        }, Json);
        foreach (var python in new[] { "/usr/bin/python3", "python3" })
        {
            var start = new ProcessStartInfo(python) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "WalkForward", "pandas_torch.py"), settings }) start.ArgumentList.Add(argument);
            try
            {
                var process = Process.Start(start)!;
                process.ErrorDataReceived += static (_, _) => { }; // warnings of the imports; what matters ends the process
                process.BeginErrorReadLine();
                Send(process, panel);
                if (process.StandardOutput.ReadLine() is { } line) return new TorchRival(process, JsonSerializer.Deserialize<Versions>(line, Json)!);
                process.Dispose();
            }
            catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or IOException)
            {
                // There is no such Python, or it has ended before it read the prices; the next may be the right one.
            }
        }

        Console.Error.WriteLine("pandas and PyTorch are not installed (on Debian: python3-pandas, python3-torch), so they are left out.");
        return null;
    }

    /// <summary>One walk-forward.</summary>
    public Measured Run()
    {
        process.StandardInput.WriteLine();
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The script of pandas and PyTorch has ended early.");
        return JsonSerializer.Deserialize<Measured>(line, Json)!;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static void Send(Process process, Panel panel)
    {
        var stream = process.StandardInput.BaseStream;
        foreach (var field in new[] { panel.Open, panel.High, panel.Low, panel.Close, panel.Volume })
            foreach (var column in field) stream.Write(MemoryMarshal.AsBytes<double>(column));
        stream.Flush();
    }

    private sealed record Versions(string Pandas, string Torch, int Threads, int AtOnce);
}
