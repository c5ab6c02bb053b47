using QuantGrad.Cli;

using var signals = new Signals();
return CommandLine.Run(args, new CliHost(Console.Out, Console.Error, TimeProvider.System, signals));
