using System.CommandLine;

namespace QuantGrad.Cli.Commands;

/// <summary><c>run</c>: the main job.</summary>
internal sealed class RunCommand : CliCommand
{
    private readonly Argument<string> strategy = new("STRATEGY.yaml") { Description = "The strategy file." };

    public RunCommand()
        : base("run", "Trains walk-forward, tests out of sample, reports and exports.", "quantgrad run strategies/quickstart.yaml --set training.epochs=50")
    {
        Arguments.Add(strategy);
    }

    public override int Execute(Invocation call)
    {
        var settings = call.ReadStrategy(call.Get(strategy));
        call.Output.WriteLine(settings.ToCanonicalJson());
        return 0;
    }
}
