using System.Text;
using System.Text.Json.Nodes;
using Codex.Gateway.Models;
using Codex.Gateway.Providers;
using Codex.Gateway.Tests.Fixtures;
using static Codex.Gateway.Tests.Providers.Snapshots;

namespace Codex.Gateway.Tests.Models;

public class CatalogueWriterTests
{
    private const string Placeholder = "(the base instructions)";

    public static TheoryData<string> Fixtures => FixtureFolders.NamesOf("models");

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void The_list_tells_both_kinds_of_clients_what_there_is(string name)
    {
        var catalogue = CatalogueWriter.Write(SnapshotReader.Read(FixtureFolders.Read("models", name, "providers.json")));

        var made = JsonNode.Parse(catalogue.Json.Span)!;
        foreach (var model in made["models"]!.AsArray())
        {
            ((string?)model!["base_instructions"]).ShouldBe(BaseInstructions.Text);
            model["base_instructions"] = Placeholder;
        }
        made.ShouldMatch("models", name, "expected.json");
    }

    [Fact]
    public void The_same_models_give_the_same_bytes_and_tag_in_any_order_of_discovery()
    {
        var one = CatalogueWriter.Write(Of(Configured("a", "x"), Embedded()));
        var other = CatalogueWriter.Write(Of(Embedded(), Configured("a", "x")));
        var larger = CatalogueWriter.Write(Of(Embedded(), Configured("a", "x", "y")));

        other.Json.ToArray().ShouldBe(one.Json.ToArray());
        other.ETag.ShouldBe(one.ETag);
        larger.ETag.ShouldNotBe(one.ETag);
    }

    [Fact]
    public void A_catalogue_without_models_is_valid_too() =>
        Encoding.UTF8.GetString(CatalogueWriter.Write(ProviderSnapshot.Empty).Json.Span).ShouldBe("""{"object":"list","data":[],"models":[]}""");

    [Fact]
    public void The_base_instructions_stay_short() =>
        Encoding.UTF8.GetByteCount(BaseInstructions.Text).ShouldBeInRange(500, 2560);
}
