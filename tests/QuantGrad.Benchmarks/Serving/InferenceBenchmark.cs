using System.Diagnostics;
using QuantGrad.Inference;

namespace QuantGrad.Benchmarks.Serving;

/// <summary>The binding's bound call beside the bare call of the C function with prepared pointers, and rows a second by batch.</summary>
internal static unsafe class InferenceBenchmark
{
    private const int Calls = 100;

    internal static IEnumerable<Comparison> Run(int? rounds)
    {
        using var session = new OnnxSession(ServedModel.Bytes());
        foreach (var batch in new[] { 1, 64, 1024 })
        {
            using var binding = new OnnxBinding(session, batch);
            ServedModel.Rows(batch).CopyTo(binding.Input<float>());
            var calls = Math.Max(1, Calls / batch);
            var native = new NativeCall(session, batch);
            var row = Comparison.Alternate($"batch {batch}: one call", () => Repeat(binding.Run, calls), "the bare C call", () => Repeat(native.Run, calls), rounds ?? 21);
            yield return row with { Ours = row.Ours / calls, Theirs = row.Theirs / calls };
            yield return new Comparison($"batch {batch}: rows a second", batch * calls * 1e6 / row.Ours, "the bare C call", batch * calls * 1e6 / row.Theirs, "rows/s", 1 / row.Ratio, row.Rounds);
        }
    }

    private static void Repeat(Action action, int times)
    {
        for (var call = 0; call < times; call++) action();
    }

    /// <summary>What a C program would do: everything made once, then the one function.</summary>
    private sealed class NativeCall
    {
        private readonly OnnxSession session;
        private readonly nint[] input = GC.AllocateArray<nint>(1, pinned: true);
        private readonly nint[] output = GC.AllocateArray<nint>(1, pinned: true);
        private readonly OnnxTensor from;
        private readonly OnnxTensor to;

        public NativeCall(OnnxSession session, int batch)
        {
            this.session = session;
            (from, to) = (new OnnxTensor(session.Inputs[0]), new OnnxTensor(session.Outputs[0]));
            from.SetShape([batch, ServedModel.Features]);
            to.SetShape([batch, 1]);
            ServedModel.Rows(batch).CopyTo(from.Values<float>());
            from.Bind();
            to.Bind();
            (input[0], output[0]) = (from.Value, to.Value);
        }

        public void Run()
        {
            fixed (nint* inputs = input)
            fixed (nint* outputs = output)
            {
                var status = ((delegate* unmanaged<nint, nint, nint, nint*, nuint, nint, nuint, nint*, nint>)OnnxApi.At(OnnxApi.Function.Run))(
                    session.Handle.Pointer, 0, session.InputNames.First, inputs, 1, session.OutputNames.First, 1, outputs);
                Debug.Assert(status == 0, "the bare call fails");
            }
        }
    }
}
