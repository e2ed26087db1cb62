namespace Codex.Contract.Tests.StockClients;

/// <summary>The tests with stock clients: one installation, one test at a time, since each starts whole programs.</summary>
[CollectionDefinition(Name)]
public sealed class StockClientCollection : ICollectionFixture<NodePackages>
{
    public const string Name = "stock clients";
}
