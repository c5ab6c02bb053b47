using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>
/// Writes tile kernels with Reflection.Emit, since only named locals stay in registers; <see cref="MatrixKernel"/> is the plain version.
/// One emitter serves AVX-512, AVX2 and ARM, float and double: only the vector type and the tile's size differ.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class TileKernels<T> where T : unmanaged
{
    private static readonly ConcurrentDictionary<TileShape, TileKernel> Made = new();
    private readonly int size = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
    private readonly TileShape shape;
    private readonly Type vector;
    private readonly Type operations;
    private readonly ILGenerator il;

    private TileKernels(TileShape shape, ILGenerator il)
    {
        this.shape = shape;
        this.il = il;
        (vector, operations) = shape.Bits switch
        {
            512 => (typeof(Vector512<T>), typeof(Vector512)),
            256 => (typeof(Vector256<T>), typeof(Vector256)),
            _ => (typeof(Vector128<T>), typeof(Vector128)),
        };
    }

    /// <summary>The kernel of a shape, made at its first use.</summary>
    internal static TileKernel Get(in TileShape shape) => Made.GetOrAdd(shape, static s => Make(s));

    private static TileKernel Make(TileShape shape)
    {
        var method = new DynamicMethod($"Tile{shape.Rows}x{shape.Vectors}", null, Enumerable.Repeat(typeof(nint), 6).ToArray(), typeof(TileKernels<T>).Module, skipVisibility: true);
        new TileKernels<T>(shape, method.GetILGenerator()).Emit();
        return method.CreateDelegate<TileKernel>();
    }

    private void Emit()
    {
        const int A = 0, B = 1, C = 2, Bias = 3, Products = 4, Tiles = 5;
        var sums = Locals(shape.Rows * shape.Vectors);
        var rowOfB = Locals(shape.Vectors);
        var biasSums = Locals(shape.End == TileEnd.AddWithBiasSum ? shape.Vectors : 0);
        var spread = il.DeclareLocal(vector);
        LocalBuilder a = il.DeclareLocal(typeof(nint)), b = il.DeclareLocal(typeof(nint)), left = il.DeclareLocal(typeof(nint)), odd = il.DeclareLocal(typeof(nint));
        LocalBuilder nextA = il.DeclareLocal(typeof(nint)), nextC = il.DeclareLocal(typeof(nint));
        Label nextTile = il.DefineLabel(), nextProduct = il.DefineLabel(), even = il.DefineLabel(), done = il.DefineLabel();

        il.MarkLabel(nextTile);
        for (var i = 0; i < sums.Length; i++)
        {
            if (shape.End == TileEnd.StoreWithBias) Load(() => il.Emit(OpCodes.Ldarg, Bias), i % shape.Vectors * Lanes);
            else Zero();
            il.Emit(OpCodes.Stloc, sums[i]);
        }

        foreach (var sum in biasSums)
        {
            Zero();
            il.Emit(OpCodes.Stloc, sum);
        }

        Copy(A, a);
        Copy(B, b);
        Copy(Products, left);
        Begin(nextA, A, 2L * shape.Rows * shape.ARow);
        Begin(nextC, C, 2L * shape.Rows * shape.CRow);
        // Two products a turn, and one before them where their number is odd.
        Halve(left, odd);
        il.Emit(OpCodes.Ldloc, odd);
        il.Emit(OpCodes.Brfalse, even);
        Product(a, b, sums, biasSums, rowOfB, spread, 0);
        Advance(a, shape.AStep);
        Advance(b, shape.BStep);
        il.MarkLabel(even);
        il.Emit(OpCodes.Ldloc, left);
        il.Emit(OpCodes.Brfalse, done);
        il.MarkLabel(nextProduct);
        if (shape.FetchesAhead && Sse.IsSupported) FetchAhead(a, nextA, nextC);
        Product(a, b, sums, biasSums, rowOfB, spread, 0);
        Product(a, b, sums, biasSums, rowOfB, spread, 1);
        Advance(a, 2L * shape.AStep);
        Advance(b, 2L * shape.BStep);
        CountDown(() => il.Emit(OpCodes.Ldloc, left), () => il.Emit(OpCodes.Stloc, left), nextProduct);
        il.MarkLabel(done);

        for (var i = 0; i < sums.Length; i++) End(sums[i], i % shape.Vectors, C, (long)(i / shape.Vectors) * shape.CRow);
        for (var v = 0; v < biasSums.Length; v++) End(biasSums[v], v, Bias, 0);
        Address(() => il.Emit(OpCodes.Ldarg, A), (long)shape.Rows * shape.ARow);
        il.Emit(OpCodes.Starg, A);
        Address(() => il.Emit(OpCodes.Ldarg, C), (long)shape.Rows * shape.CRow);
        il.Emit(OpCodes.Starg, C);
        if (shape.End == TileEnd.StoreTimesTanhSlope)
        {
            Address(() => il.Emit(OpCodes.Ldarg, Bias), (long)shape.Rows * shape.CRow);
            il.Emit(OpCodes.Starg, Bias);
        }

        CountDown(() => il.Emit(OpCodes.Ldarg, Tiles), () => il.Emit(OpCodes.Starg, Tiles), nextTile);
        il.Emit(OpCodes.Ret);
    }

    /// <summary>One outer product, so many places ahead of the pointers.</summary>
    private void Product(LocalBuilder a, LocalBuilder b, LocalBuilder[] sums, LocalBuilder[] biasSums, LocalBuilder[] rowOfB, LocalBuilder spread, int ahead)
    {
        for (var v = 0; v < shape.Vectors; v++)
        {
            Load(() => il.Emit(OpCodes.Ldloc, b), (long)ahead * shape.BStep + v * Lanes);
            il.Emit(OpCodes.Stloc, rowOfB[v]);
        }

        for (var v = 0; v < biasSums.Length; v++)
        {
            il.Emit(OpCodes.Ldloc, biasSums[v]);
            il.Emit(OpCodes.Ldloc, rowOfB[v]);
            Call(vector.GetMethod("op_Addition")!);
            il.Emit(OpCodes.Stloc, biasSums[v]);
        }

        for (var r = 0; r < shape.Rows; r++)
        {
            Address(() => il.Emit(OpCodes.Ldloc, a), (long)ahead * shape.AStep + (long)r * shape.ARow);
            il.Emit(OpCodes.Ldobj, typeof(T));
            Call(operations.GetMethod("Create", [typeof(T)])!);
            il.Emit(OpCodes.Stloc, spread);
            for (var v = 0; v < shape.Vectors; v++)
            {
                var sum = sums[r * shape.Vectors + v];
                il.Emit(OpCodes.Ldloc, spread);
                il.Emit(OpCodes.Ldloc, rowOfB[v]);
                il.Emit(OpCodes.Ldloc, sum);
                Call(operations.GetMethod("FusedMultiplyAdd", [vector, vector, vector])!);
                il.Emit(OpCodes.Stloc, sum);
            }
        }
    }

    /// <summary>
    /// A turn's share of what comes later: of the tile after the next, its part of a and the places of c that it will write; or of the rows of a that a sum down the rows
    /// will reach. Far enough ahead for memory to answer, and so little at a time that the products go on.
    /// </summary>
    private void FetchAhead(LocalBuilder a, LocalBuilder nextA, LocalBuilder nextC)
    {
        const int rowsAhead = 32;
        if (shape.SumsRows)
        {
            if (shape.End == TileEnd.AddWithBiasSum) FetchLines(a, (long)rowsAhead * shape.AStep, 2 * shape.AStep); // the first tile over these rows
            return;
        }

        FetchLines(nextA, 0, 2 * shape.Rows);
        Advance(nextA, 2L * shape.Rows);
        if (shape.End is not (TileEnd.Store or TileEnd.StoreWithBias)) return;
        var rows = (2 * shape.Rows + shape.ARow - 1) / shape.ARow;
        for (var row = 0; row < rows; row++) FetchLines(nextC, (long)row * shape.CRow, shape.Vectors * Lanes);
        Advance(nextC, (long)rows * shape.CRow);
    }

    private void FetchLines(LocalBuilder pointer, long place, int values)
    {
        for (var value = 0; value < values; value += PlanStore<float>.LineBytes / size)
        {
            Address(() => il.Emit(OpCodes.Ldloc, pointer), place + value);
            Call(typeof(Sse).GetMethod(nameof(Sse.Prefetch0))!);
        }
    }

    /// <summary>odd = left &amp; 1, left >>= 1.</summary>
    private void Halve(LocalBuilder left, LocalBuilder odd)
    {
        il.Emit(OpCodes.Ldloc, left);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.And);
        il.Emit(OpCodes.Stloc, odd);
        il.Emit(OpCodes.Ldloc, left);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Shr);
        il.Emit(OpCodes.Stloc, left);
    }

    private int Lanes => shape.Bits / 8 / size;

    /// <summary>Stores a sum at target + place, or adds it to what is there with the lanes that don't count as zero.</summary>
    private void End(LocalBuilder sum, int v, int target, long place)
    {
        il.Emit(OpCodes.Ldloc, sum);
        if (shape.End == TileEnd.StoreTimesTanhSlope)
        {
            Call(vector.GetProperty("One")!.GetMethod!);
            Load(() => il.Emit(OpCodes.Ldarg_3), place + v * Lanes);
            il.Emit(OpCodes.Dup);
            Call(vector.GetMethod("op_Multiply", [vector, vector])!);
            Call(vector.GetMethod("op_Subtraction")!);
            Call(vector.GetMethod("op_Multiply", [vector, vector])!);
        }

        if (shape.End is TileEnd.Add or TileEnd.AddWithBiasSum)
        {
            if (v == shape.Vectors - 1 && shape.LastLanes < Lanes)
            {
                Load(() => il.Emit(OpCodes.Ldc_I8, (long)LaneMask.Address<T>(shape.LastLanes)), 0);
                Call(vector.GetMethod("op_BitwiseAnd")!);
            }

            Load(() => il.Emit(OpCodes.Ldarg, target), place + v * Lanes);
            Call(vector.GetMethod("op_Addition")!);
        }

        Address(() => il.Emit(OpCodes.Ldarg, target), place + v * Lanes);
        Call(Generic("Store", vector, typeof(T*)));
    }

    private LocalBuilder[] Locals(int count) => [.. Enumerable.Range(0, count).Select(_ => il.DeclareLocal(vector))];

    private void Call(MethodInfo method) => il.Emit(OpCodes.Call, method);

    private void Zero() => Call(vector.GetProperty("Zero")!.GetMethod!);

    private void Copy(int argument, LocalBuilder local)
    {
        il.Emit(OpCodes.Ldarg, argument);
        il.Emit(OpCodes.Stloc, local);
    }

    private void Begin(LocalBuilder local, int argument, long places)
    {
        Address(() => il.Emit(OpCodes.Ldarg, argument), places);
        il.Emit(OpCodes.Stloc, local);
    }

    private void Load(Action pointer, long place)
    {
        Address(pointer, place);
        Call(Generic("Load", typeof(T*)));
    }

    private void Address(Action pointer, long place)
    {
        pointer();
        if (place == 0) return;
        il.Emit(OpCodes.Ldc_I8, place * size);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Add);
    }

    private void Advance(LocalBuilder pointer, long places)
    {
        Address(() => il.Emit(OpCodes.Ldloc, pointer), places);
        il.Emit(OpCodes.Stloc, pointer);
    }

    private void CountDown(Action load, Action store, Label again)
    {
        load();
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Sub);
        store();
        load();
        il.Emit(OpCodes.Brtrue, again);
    }

    /// <summary>Load or Store of the vector class, closed over T.</summary>
    private MethodInfo Generic(string name, params Type[] parameters) => operations.GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => method.IsGenericMethodDefinition && string.Equals(method.Name, name, StringComparison.Ordinal) && method.GetGenericArguments().Length == 1)
        .Select(method => method.MakeGenericMethod(typeof(T)))
        .Single(method => method.GetParameters().Select(parameter => parameter.ParameterType).SequenceEqual(parameters));
}
