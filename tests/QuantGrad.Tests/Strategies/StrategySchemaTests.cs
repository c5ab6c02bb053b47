using QuantGrad.Strategies;

namespace QuantGrad.Tests.Strategies;

public sealed class StrategySchemaTests
{
    [Fact]
    public void SchemaFile_IsWhatTheDefinitionsSay()
    {
        var path = Repository.PathOf("strategies/strategy.schema.json");
        var current = StrategySchema.Write();
        if (Environment.GetEnvironmentVariable("QUANTGRAD_WRITE_SCHEMA") is "1") File.WriteAllText(path, current);
        Assert.True(
            string.Equals(current, File.ReadAllText(path), StringComparison.Ordinal),
            "strategies/strategy.schema.json is not current: run this test with QUANTGRAD_WRITE_SCHEMA=1 and commit the file.");
    }
}
