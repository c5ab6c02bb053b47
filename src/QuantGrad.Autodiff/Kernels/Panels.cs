namespace QuantGrad.Autodiff.Kernels;

/// <summary>Vectors cut into panels of at most so many, as even as can be, wider ones first.</summary>
/// <param name="vectors">How many there are.</param>
/// <param name="most">The widest panel.</param>
internal readonly struct Panels(int vectors, int most)
{
    /// <summary>How many panels.</summary>
    internal int Count => (vectors + most - 1) / most;

    /// <summary>A panel's first vector and its width in vectors.</summary>
    internal (int First, int Count) this[int index]
    {
        get
        {
            var (size, larger) = (vectors / Count, vectors % Count);
            return (index * size + Math.Min(index, larger), size + (index < larger ? 1 : 0));
        }
    }

    /// <summary>From the first to the last.</summary>
    public Enumerator GetEnumerator() => new(this);

    internal struct Enumerator(Panels panels)
    {
        private int index = -1;

        public readonly (int First, int Count) Current => panels[index];

        public bool MoveNext() => ++index < panels.Count;
    }
}
