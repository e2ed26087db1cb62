using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Models;

namespace Codex.Agent.Tests.Conversation;

public sealed class RequestBodyTests
{
    [Theory]
    [InlineData(true, false, """{"verbosity":"low"}""")]
    [InlineData(false, false, null)]
    [InlineData(null, false, null)]
    [InlineData(false, true, """{"format":{"type":"json_schema","strict":true,"schema":{"type":"object"},"name":"codex_output_schema"}}""")]
    [InlineData(true, true, """{"verbosity":"low","format":{"type":"json_schema","strict":true,"schema":{"type":"object"},"name":"codex_output_schema"}}""")]
    public void How_much_is_said_is_asked_of_models_that_take_it(bool? takes, bool hasSchema, string? expected)
    {
        var model = ModelProfiles.Resolve("m", new ModelMetadata("m") { TakesVerbosity = takes }, new ModelOverrides { Verbosity = "low" });
        var body = new RequestBody(model, [], "thread", hasSchema ? JsonElement.Parse("""{"type":"object"}""") : null);

        using var written = JsonDocument.Parse(body.Write(new AgentConversation([], 0)));

        (written.RootElement.TryGetProperty("text", out var text) ? text.GetRawText() : null).ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"models":[{"slug":"m","support_verbosity":true}]}""", true)]
    [InlineData("""{"models":[{"slug":"m","support_verbosity":false}]}""", false)]
    [InlineData("""{"models":[{"slug":"m"}]}""", null)]
    public void Whether_a_model_takes_it_stands_in_its_list(string list, bool? expected) =>
        ModelMetadata.ReadList(JsonElement.Parse(list))[0].TakesVerbosity.ShouldBe(expected);
}
