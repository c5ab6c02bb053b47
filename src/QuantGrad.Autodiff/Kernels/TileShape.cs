namespace QuantGrad.Autodiff.Kernels;

/// <summary>What a tile begins from and ends in.</summary>
internal enum TileEnd
{
    /// <summary>c = bias + product.</summary>
    StoreWithBias,

    /// <summary>c = product.</summary>
    Store,

    /// <summary>c += product.</summary>
    Add,

    /// <summary>c = product · (1 − y²), y lying as c does at the address given as bias: the slope of tanh on the way down.</summary>
    StoreTimesTanhSlope,

    /// <summary>c += product, and bias += the sum of b's rows (in the first tile's call only).</summary>
    AddWithBiasSum,
}

/// <summary>
/// The shape of a tile kernel: tiles of <c>Rows × Vectors</c> accumulators, each a register, that gather the outer products
/// c[r, v] = Σᵢ a[r·ARow + i·AStep] · b[i·BStep + v·lanes]. Steps are in values and are built into the code, so that addresses cost nothing.
/// </summary>
/// <param name="Rows">Rows of the tile.</param>
/// <param name="Vectors">Vectors of a row.</param>
/// <param name="Bits">Vector width, 128, 256 or 512.</param>
/// <param name="ARow">From row to row in a.</param>
/// <param name="AStep">From product to product in a.</param>
/// <param name="BStep">From product to product in b.</param>
/// <param name="CRow">From row to row in c.</param>
/// <param name="LastLanes">The lanes of the last vector that count; the others are added as zero. Only the adding ends look at it.</param>
/// <param name="End">How the tile ends.</param>
/// <param name="SumsRows">Whether the products go down the rows of a, as in Σ aᵀ·b, and not along them.</param>
/// <param name="FetchesAhead">Whether the tile asks for the memory that later tiles will need: a and c lie beyond the caches.</param>
internal readonly record struct TileShape(
    int Rows, int Vectors, int Bits, int ARow, int AStep, int BStep, int CRow, int LastLanes, TileEnd End, bool SumsRows = false, bool FetchesAhead = false);

/// <summary>Runs <paramref name="tiles"/> tiles, one below the other, of <paramref name="products"/> outer products each.</summary>
internal delegate void TileKernel(nint a, nint b, nint c, nint bias, nint products, nint tiles);
