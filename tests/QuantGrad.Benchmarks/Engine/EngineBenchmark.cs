namespace QuantGrad.Benchmarks.Engine;

/// <summary>A whole training step beside ONNX Runtime's forward pass of the exported network, on one thread.</summary>
internal static class EngineBenchmark
{
    internal static IEnumerable<Comparison> Run(int? rounds)
    {
        foreach (var name in EngineCase.Names)
        {
            var engineCase = EngineCase.Make(name);
            yield return Comparison.Alternate(engineCase.Name, engineCase.Step, "ONNX Runtime forward", engineCase.Rival(), rounds ?? 21);
        }
    }
}
