using QuantGrad.Autodiff;
using QuantGrad.Training;

namespace QuantGrad.Diagnosing;

/// <summary>A point of the descent on the landscape, with the curvature there.</summary>
/// <param name="Epoch">Steps taken.</param>
/// <param name="X">Along the first direction.</param>
/// <param name="Y">Along the second direction.</param>
/// <param name="Curvature">The Hessian's extremes.</param>
internal sealed record LandscapePoint(int Epoch, double X, double Y, Curvature Curvature);

/// <summary>The objective over a plane of weights through the last ones of a descent, and the descent's path projected onto it.</summary>
/// <param name="X">Steps along the first direction.</param>
/// <param name="Y">Steps along the second direction.</param>
/// <param name="Objective">At y (rows) and x (columns).</param>
/// <param name="Path">The descent, <c>[epoch][x, y]</c>.</param>
internal sealed record Plane(double[] X, double[] Y, double[][] Objective, double[][] Path);

/// <summary>
/// The loss around a descent, on two planes. Random (Li et al. 2018): two random directions, each unit's part scaled to the length of the unit's own weights, so that a step
/// of 1 changes every unit as much as it is long; a descent hardly moves along random directions, and its path is short there. Along: from the last weights to the first, and
/// across to where the descent was furthest from that line; in this plane the path is seen as it was.
/// </summary>
/// <param name="Random">The plane of two filter-normalised random directions.</param>
/// <param name="Along">The plane of the descent.</param>
/// <param name="Points">The first, the middle and the last point of the descent, on the plane of the descent.</param>
internal sealed record Landscape(Plane Random, Plane Along, LandscapePoint[] Points)
{
    private const int Cells = 25;

    /// <summary>Looks around a descent.</summary>
    public static Landscape Of(DiagnosisGround ground, DescentTrace trace, ParallelOptions parallel)
    {
        var loss = ground.Loss();
        var last = trace.Path[^1];
        var random = Draw(ground, trace, Direction(loss, last, ground.Seed, 1), Direction(loss, last, ground.Seed, 2), parallel);
        var back = trace.Path[0].Zip(last, (from, to) => from - (double)to).ToArray();
        var along = Draw(ground, trace, back, Across(trace, back), parallel);
        int[] looked = [.. new[] { 0, (trace.Path.Length - 1) / 2, trace.Path.Length - 1 }.Distinct()];
        var points = new LandscapePoint[looked.Length];
        Parallel.For(0, looked.Length, parallel, place =>
        {
            var epoch = looked[place];
            points[place] = new LandscapePoint(epoch, along.Path[epoch][0], along.Path[epoch][1], Curvature.At(ground.LossInDouble(), trace.Path[epoch], ground.Seed, parallel.CancellationToken));
        });
        return new Landscape(random, along, points);
    }

    private static Plane Draw(DiagnosisGround ground, DescentTrace trace, double[] first, double[] second, ParallelOptions parallel)
    {
        var last = trace.Path[^1];
        var path = Array.ConvertAll(trace.Path, weights => Project(weights, last, first, second));
        var (x, y) = (Axis(path, 0), Axis(path, 1));
        var objective = new double[Cells][];
        var workers = Math.Min(parallel.MaxDegreeOfParallelism, Cells);
        Parallel.For(0, workers, parallel, worker =>
        {
            var loss = ground.Loss();
            for (var row = worker; row < Cells; row += workers)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                objective[row] = new double[Cells];
                for (var column = 0; column < Cells; column++)
                {
                    for (var i = 0; i < last.Length; i++) loss.Parameters[i] = (float)(last[i] + x[column] * first[i] + y[row] * second[i]);
                    objective[row][column] = -loss.Evaluate(Pass.Evaluation);
                }
            }
        });
        return new Plane(x, y, objective, path);
    }

    // As far as the path goes and half as far again, and a step of 1 at least; even steps, so that a cell is as wide as its neighbour.
    private static double[] Axis(double[][] path, int coordinate)
    {
        var (least, most) = (path.Min(point => point[coordinate]), path.Max(point => point[coordinate]));
        var margin = Math.Max(0.25 * (most - least), 1 - (most - least) / 2);
        return [.. Enumerable.Range(0, Cells).Select(cell => least - margin + (most - least + 2 * margin) * cell / (Cells - 1))];
    }

    // What the epoch furthest from the straight line has beside it, as long as the line.
    private static double[] Across(DescentTrace trace, double[] back)
    {
        var (last, length) = (trace.Path[^1], back.Sum(value => value * value));
        var (furthest, most) = (new double[back.Length], 0.0);
        foreach (var weights in trace.Path)
        {
            var away = weights.Zip(last, (from, to) => from - (double)to).ToArray();
            var share = length > 0 ? away.Zip(back, (a, b) => a * b).Sum() / length : 0;
            for (var i = 0; i < away.Length; i++) away[i] -= share * back[i];
            var distance = away.Sum(value => value * value);
            if (distance > most) (furthest, most) = (away, distance);
        }

        return most > 0 ? Array.ConvertAll(furthest, value => value * Math.Sqrt(length / most)) : furthest;
    }

    // Filter-normalised: a column of a weight matrix is one unit. What is zero in the weights (a bias that has not moved) stays out of the direction.
    private static double[] Direction(WindowLoss<float> loss, float[] weights, ulong seed, ulong number)
    {
        var random = new RandomStream(RandomStream.At(seed ^ 0x6C616E64UL, number));
        var direction = weights.Select(_ => random.NextNormal()).ToArray();
        var at = 0;
        foreach (var node in loss.Graph.Graph.Parameters)
        {
            var (width, count) = (node.Shape.Width, node.Shape.Count(loss.Model.Size));
            for (var unit = 0; unit < width; unit++)
            {
                double length = 0, drawn = 0;
                for (var i = at + unit; i < at + count; i += width) (length, drawn) = (length + (double)weights[i] * weights[i], drawn + direction[i] * direction[i]);
                for (var i = at + unit; i < at + count; i += width) direction[i] *= Math.Sqrt(length / drawn);
            }

            at += count;
        }

        return direction;
    }

    // The nearest point of the plane, by least squares.
    private static double[] Project(float[] weights, float[] origin, double[] first, double[] second)
    {
        double aa = 0, ab = 0, bb = 0, ax = 0, bx = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var away = weights[i] - (double)origin[i];
            (aa, ab, bb) = (aa + first[i] * first[i], ab + first[i] * second[i], bb + second[i] * second[i]);
            (ax, bx) = (ax + first[i] * away, bx + second[i] * away);
        }

        var determinant = aa * bb - ab * ab;
        return determinant <= 1e-12 * aa * bb ? [aa > 0 ? ax / aa : 0, 0] : [(ax * bb - bx * ab) / determinant, (bx * aa - ax * ab) / determinant];
    }
}
