using Codex.Gateway.Configuration;

namespace Codex.Gateway.Tests.Configuration;

public class OptionsSchemaTests
{
    [Fact]
    public void The_shipped_schema_is_what_the_options_types_give()
    {
        var shipped = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "gateway.schema.json"));
        shipped.ShouldBe(OptionsSchema.Write(), "write it anew: dotnet run --project src/Gateway -- schema > src/Gateway/gateway.schema.json");
    }
}
