using FsCheck;
using FsCheck.Fluent;

namespace Codex.Translation.Tests.Generators;

/// <summary>Chunks of any known key with any kind of value: nothing is meant by them, and nothing may break.</summary>
internal static class OddChunks
{
    private static readonly string[] TopKeys = ["choices", "usage", "error", "base_resp", "data", "object", "success", "message", "detail", "code", "id"];
    private static readonly string[] ChoiceKeys = ["delta", "message", "finish_reason", "error", "text", "index"];
    private static readonly string[] DeltaKeys =
        ["content", "reasoning_content", "reasoning", "reasoning_details", "refusal", "tool_calls", "function_call", "role"];

    private static readonly string[] CallKeys = ["index", "id", "function", "custom", "name", "arguments", "type"];
    private static readonly string[] FunctionKeys = ["name", "arguments", "input"];

    private static readonly Gen<string> Scalars = Gen.Elements(
        "null", "true", "false", "0", "1", "-5", "1.5", "\"\"", "\" \"", "\"x\"", "\"exec_command\"", "\"apply_patch\"", "\"tool_search\"", "\"call_1\"",
        "\"{\\\"input\\\":\\\"a\"", "\"{\\\"cmd\\\":1}\"", "\"}\"", "\"<think>\"", "\"</think>\"", "\"<tool_call>\"", "\"</tool_call>\"",
        "\"{\\\"name\\\":\\\"exec_command\\\",\\\"arguments\\\":{}}\"", "\"<|channel|>\"", "\"<|message|>\"", "\"\\ud83d\"", "\"stop\"");

    private static readonly Gen<string> Functions = ObjectOf(FunctionKeys, Scalars);
    private static readonly Gen<string> Calls = ObjectOf(CallKeys, Often(Scalars, Functions));
    private static readonly Gen<string> Deltas = ObjectOf(DeltaKeys, Often(Scalars, ListOf(Often(Calls, Functions, Scalars)), Functions));
    private static readonly Gen<string> Choices = ObjectOf(ChoiceKeys, Often(Deltas, Deltas, Deltas, Scalars));

    public static Gen<string> Random { get; } = Often(ObjectOf(["choices"], ListOf(Choices)), ObjectOf(["choices"], ListOf(Choices)), ObjectOf(TopKeys, Often(ListOf(Choices), Scalars, Functions)), Scalars);

    private static Gen<string> Often(params Gen<string>[] some) => Gen.OneOf(some);

    private static Gen<string> ListOf(Gen<string> entries) => entries.ListOf().Select(e => $"[{string.Join(',', e.Take(3))}]");

    private static Gen<string> ObjectOf(string[] keys, Gen<string> values) =>
        Gen.Zip(Gen.Elements(keys), values).ListOf().Select(fields => $"{{{string.Join(',', fields.Take(4).Select(f => $"\"{f.Item1}\":{f.Item2}"))}}}");
}
