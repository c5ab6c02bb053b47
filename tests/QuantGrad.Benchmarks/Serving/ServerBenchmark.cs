using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using QuantGrad.Serving;

namespace QuantGrad.Benchmarks.Serving;

/// <summary>
/// The server under <c>wrk</c> on the same machine: one-row JSON beside two bare Kestrel echoes of the same body (bytes as they are; parsed and written
/// by System.Text.Json), and 64 rows as bytes beside 64 rows as JSON. Contenders alternate round by round.
/// </summary>
internal static class ServerBenchmark
{
    private const string Infer = "/v2/models/served/infer";

    internal static IEnumerable<Comparison> Run(int? rounds)
    {
        if (!LoadGenerator.IsInstalled)
        {
            Console.Error.WriteLine("wrk is not installed (apt-get install wrk): the server benchmark is left out.");
            return [];
        }

        return Measure(rounds ?? 5).GetAwaiter().GetResult();
    }

    private static async Task<List<Comparison>> Measure(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("quantgrad-benchmark");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "served", "1"));
            File.WriteAllBytes(Path.Combine(folder.FullName, "served", "1", "model.onnx"), ServedModel.Bytes());
            var server = InferenceServer.Create(new ServerSettings { Models = folder.FullName, Port = 0, AllowForeignModels = true }, TimeProvider.System);
            await using var closing = server.ConfigureAwait(false);
            server.Repository.Look();
            await server.StartAsync().ConfigureAwait(false);
            var echo = await EchoServer.Start().ConfigureAwait(false);
            await using var closingEcho = echo.ConfigureAwait(false);
            return Contests(server.Address, echo.Address, rounds, new LoadGenerator(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<Comparison> Contests(Uri server, Uri echo, int rounds, LoadGenerator load)
    {
        var one = Json(1);
        var infer = load.Target("one-row JSON", server, Infer, one, "application/json");
        var bytesEcho = load.Target("echo", echo, "/bytes", one, "application/json");
        var jsonEcho = load.Target("JSON echo", echo, "/json", one, "application/json");
        var json64 = load.Target("64-row JSON", server, Infer, Json(64), "application/json");
        var (binary, header) = Binary(64);
        var binary64 = load.Target("64-row binary", server, Infer, binary, "application/octet-stream", header);
        return
        [
            .. Contest(infer, "Kestrel JSON echo (System.Text.Json)", jsonEcho, rounds),
            .. Contest(infer, "Kestrel echo of the bytes", bytesEcho, rounds),
            .. Contest(binary64, "64-row JSON", json64, rounds),
        ];
    }

    private static IEnumerable<Comparison> Contest(LoadTarget ours, string rival, LoadTarget theirs, int rounds)
    {
        var (mine, other) = (new LoadResult[rounds], new LoadResult[rounds]);
        ours.Run(4); // until the code is compiled as it stays
        theirs.Run(4);
        for (var round = 0; round < rounds; round++)
        {
            mine[round] = ours.Run(2);
            other[round] = theirs.Run(2);
        }

        double Middle(Func<LoadResult, LoadResult, double> of) => Comparison.Median(mine.Zip(other, of));
        yield return new Comparison($"{ours.Name}: requests", Middle((a, _) => a.RequestsPerSecond), rival, Middle((_, b) => b.RequestsPerSecond), "1/s", Middle((a, b) => a.RequestsPerSecond / b.RequestsPerSecond), rounds);
        yield return new Comparison($"{ours.Name}: p99", Middle((a, _) => a.P99Microseconds), rival, Middle((_, b) => b.P99Microseconds), "us", Middle((a, b) => a.P99Microseconds / b.P99Microseconds), rounds);
    }

    private static byte[] Json(int rows) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{{\"inputs\":[{{\"name\":\"features\",\"shape\":[{rows},{ServedModel.Features}],\"datatype\":\"FP32\",\"data\":[{string.Join(',', ServedModel.Rows(rows).Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]}}]}}"));

    private static (byte[] Body, int HeaderLength) Binary(int rows)
    {
        var bytes = MemoryMarshal.AsBytes<float>(ServedModel.Rows(rows)).ToArray();
        var header = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{{\"inputs\":[{{\"name\":\"features\",\"shape\":[{rows},{ServedModel.Features}],\"datatype\":\"FP32\",\"parameters\":{{\"binary_data_size\":{bytes.Length}}}}}],\"parameters\":{{\"binary_data_output\":true}}}}"));
        return ([.. header, .. bytes], header.Length);
    }
}
