using System.Text.Json;

namespace Codex.Gateway.Dialects;

/// <summary>Any other server that lists models the OpenAI way.</summary>
internal static class Generic
{
    public static readonly Backend Backend = new()
    {
        Name = "generic",
        DisplayName = "OpenAI-compatible server",
        Recognises = answers => answers.To(BackendQuestion.Models).At("data") is { ValueKind: JsonValueKind.Array },
    };
}
