namespace QuantGrad.MarketData;

/// <summary>
/// Finds the line of a byte of a price file. Bars keep their byte offset, which costs nothing while reading; lines are counted only when
/// a defect has to be named.
/// </summary>
/// <param name="text">Gives the file's text, which is asked for on the first question; null where places are lines already.</param>
internal sealed class LineIndex(Func<byte[]>? text)
{
    private const int Block = 1 << 16;
    private byte[] _text = [];
    private int[]? _linesBefore;

    /// <summary>The 1-based line on which the byte stands.</summary>
    internal int LineOf(int offset)
    {
        if (text is null) return offset;
        if (_linesBefore is null)
        {
            _text = text();
            _linesBefore = new int[(_text.Length / Block) + 1];
            for (var block = 1; block < _linesBefore.Length; block++)
                _linesBefore[block] = _linesBefore[block - 1] + Count((block - 1) * Block, block * Block);
        }

        return _linesBefore[offset / Block] + Count(offset / Block * Block, offset) + 1;
    }

    private int Count(int first, int end) => _text.AsSpan(first, end - first).Count((byte)'\n');
}
