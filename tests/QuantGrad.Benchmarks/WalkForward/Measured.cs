namespace QuantGrad.Benchmarks.WalkForward;

/// <summary>One walk-forward of a contender, in seconds.</summary>
/// <param name="Seconds">On the wall.</param>
/// <param name="Processor">Of all threads: what neighbours on the machine do not change.</param>
/// <param name="Features">Its features.</param>
/// <param name="Training">Its training.</param>
/// <param name="Backtest">Its backtest.</param>
/// <param name="TrainSharpe">The objective of the last epoch, the mean of the windows.</param>
/// <param name="Sharpe">The annual Sharpe ratio out of sample.</param>
internal sealed record Measured(double Seconds, double Processor, double Features, double Training, double Backtest, double TrainSharpe, double Sharpe);
