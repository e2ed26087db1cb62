using System.Text.Json;
using Codex.Toml.Editing;
using Codex.Toml.Semantics;
using Codex.Toml.Tests.Corpus;
using Codex.Toml.Values;

namespace Codex.Toml.Tests.Editing;

/// <summary>
/// The merge cases of the configuration tool, made with the editor's own means: root keys behind their siblings, and a provider table
/// that is added whole or key by key. The cases that the tool refuses for reasons of its own are not here.
/// </summary>
public sealed class ConfigGoldenTests
{
    private static readonly string? File = TomlTestCorpus.Beside("config-goldens.json");

    private static readonly (string Key, TomlValue Value)[] RootKeys =
    [
        ("model_provider", new TomlValue.String("tensormesh")),
        ("model", new TomlValue.String("MiniMaxAI/MiniMax-M2.5")),
        ("model_reasoning_effort", new TomlValue.String("medium")),
        ("model_context_window", new TomlValue.Integer(196608)),
    ];

    private static readonly (string Key, string Value)[] ProviderKeys =
    [
        ("name", "tensormesh"),
        ("base_url", "https://serverless.tensormesh.ai/v1"),
        ("wire_api", "responses"),
        ("env_key", "TENSORMESH_INFERENCE_API_KEY"),
    ];

    public static TheoryData<string> Cases =>
        File is null ? ["none"] : [.. Goldens().Where(g => g.GetProperty("exit").GetInt32() == 0).Select(g => g.GetProperty("id").GetString()!)];

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void A_merge_case_comes_out_byte_for_byte_and_goes_back(string id)
    {
        Skip.If(File is null, "skipped, because shared/config-goldens.json is not beside the checkout");

        var golden = Goldens().Single(g => g.GetProperty("id").GetString() == id);
        var before = golden.GetProperty("before").GetString() ?? "";
        var after = golden.GetProperty("after").GetString()!;
        var withDefaults = !golden.GetProperty("args").GetString()!.Contains("--no-default", StringComparison.Ordinal);

        var plan = Edits.Plan(before, Merge(TomlDocument.Parse(before), withDefaults));

        plan.Apply(undo: false).ShouldBe(after);
        plan.Apply(undo: true).ShouldBe(before);
        Edits.Plan(after, Merge(TomlDocument.Parse(after), withDefaults)).Splices.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("G35-dup-key", "2:1: duplicate key \"model\" (first at 1:1)")]
    [InlineData("G36-syntax", "1:11: the string has no end, expected \"")]
    public void A_broken_file_is_refused_where_Codex_refuses_it(string id, string message)
    {
        Skip.If(File is null, "skipped, because shared/config-goldens.json is not beside the checkout");

        var before = Goldens().Single(g => g.GetProperty("id").GetString() == id).GetProperty("before").GetString()!;
        var planning = TomlEditor.Plan(TomlDocument.Parse(before), Edits.Set("x", "y"));
        planning.ShouldBeOfType<EditPlanning.Refused>().Diagnostic.ToString().ShouldBe(message);
    }

    private static IEnumerable<TomlEdit> Merge(TomlDocument document, bool withDefaults)
    {
        var siblings = RootKeys.Select(k => k.Key).ToArray();
        foreach (var (key, value) in withDefaults ? RootKeys : [])
            yield return Edits.Set(key, value, siblings);

        if (document.Find(Edits.Path("model_providers.tensormesh")) is TableNode)
        {
            foreach (var (key, value) in ProviderKeys)
                yield return Edits.Set($"model_providers.tensormesh.{key}", value);
        }
        else
        {
            yield return Edits.Add("model_providers.tensormesh", ProviderKeys);
        }
    }

    private static List<JsonElement> Goldens() => [.. JsonDocument.Parse(System.IO.File.ReadAllText(File!)).RootElement.EnumerateArray()];
}
