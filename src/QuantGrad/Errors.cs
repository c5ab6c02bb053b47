namespace QuantGrad;

/// <summary>A fault that the user can mend: its message names what was found, where, and what would be right.</summary>
/// <param name="message">One sentence (or a few) without a stack trace.</param>
/// <param name="exitCode">The exit code of the command (CONTRACT: 2 usage, 3 prices, 4 check, 5 model, 6 incomplete, 75 try later).</param>
/// <param name="inner">The cause, shown with <c>--verbose</c>.</param>
public class QuantGradException(string message, int exitCode, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The exit code of the command.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>The command line or the strategy file is wrong (exit code 2).</summary>
/// <param name="message">What was found and what would be right.</param>
/// <param name="inner">The cause.</param>
public sealed class UsageException(string message, Exception? inner = null) : QuantGradException(message, 2, inner);

/// <summary>Price data was refused (exit code 3).</summary>
/// <param name="message">File, line, what was found and what would be right.</param>
/// <param name="inner">The cause.</param>
public sealed class PriceDataException(string message, Exception? inner = null) : QuantGradException(message, 3, inner);

/// <summary>A model or bundle is damaged or does not fit (exit code 5).</summary>
/// <param name="message">What was found and what would be right.</param>
/// <param name="inner">The cause.</param>
public class ModelException(string message, Exception? inner = null) : QuantGradException(message, 5, inner);
