using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Codex.Gateway.Dialects;
using Codex.Gateway.Providers;
using Codex.Gateway.Tests.Fixtures;

namespace Codex.Gateway.Tests.Dialects;

public class BackendFixtureTests
{
    public static TheoryData<string> Discoveries => FixtureFolders.NamesOf("discovery");

    public static TheoryData<string> Hosts => FixtureFolders.NamesOf("hosts");

    [Theory]
    [MemberData(nameof(Discoveries))]
    public void A_server_is_known_by_its_answers_and_its_models_by_theirs(string name)
    {
        var recorded = FixtureFolders.Read("discovery", name, "answers.json").AsObject();

        var backend = BackendRegistry.Recognise(Answer(recorded, [BackendQuestion.Models, .. BackendRegistry.Marks]));

        Describe(backend, backend is null ? [] : ModelsOf(backend, recorded)).ShouldMatch("discovery", name, "expected.json");
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_host_tells_of_its_models_in_its_own_way(string name)
    {
        var fixture = FixtureFolders.Read("hosts", name, "answers.json");
        var backend = BackendRegistry.For((string)fixture["backend"]!);

        Describe(backend, ModelsOf(backend, fixture["answers"]!.AsObject())).ShouldMatch("hosts", name, "expected.json");
    }

    private static ImmutableArray<ProviderModel> ModelsOf(Backend backend, JsonObject recorded)
    {
        var answers = Answer(recorded, backend.Lists);
        foreach (var (question, answer) in Answer(recorded, [.. backend.Details(answers)]).All)
            answers = answers.And(question, answer);
        return backend.ModelsOf(answers);
    }

    private static BackendAnswers Answer(JsonObject recorded, ImmutableArray<BackendQuestion> questions)
    {
        var answers = BackendAnswers.None;
        foreach (var question in questions)
        {
            if (recorded.TryGetPropertyValue(question.ToString(), out var answer))
                answers = answers.And(question, JsonElement.Parse(answer?.ToJsonString() ?? "null"));
        }
        return answers;
    }

    private static JsonObject Describe(Backend? backend, ImmutableArray<ProviderModel> models) => new()
    {
        ["backend"] = backend?.Name,
        ["models"] = new JsonArray([.. models.Select(m => new JsonObject
        {
            ["id"] = m.Id,
            ["displayName"] = m.DisplayName,
            ["contextWindow"] = m.ContextWindow,
            ["windowIsAssumed"] = m.WindowIsAssumed,
            ["maxOutputTokens"] = m.MaxOutputTokens,
            ["takesImages"] = m.TakesImages,
            ["callsTools"] = m.CallsTools,
            ["reasoningLevels"] = new JsonArray([.. m.ReasoningLevels.Select(l => JsonValue.Create(l))]),
            ["otherNames"] = new JsonArray([.. m.OtherNames.Select(l => JsonValue.Create(l))]),
            ["writesText"] = m.WritesText,
            ["note"] = m.Note,
        })]),
    };
}
