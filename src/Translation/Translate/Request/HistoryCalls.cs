using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Codex.Translation.Arguments;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Request;

/// <summary>Calls of earlier turns, under the names and ids this backend sees.</summary>
internal sealed class HistoryCalls(Dialect dialect, ToolMap tools)
{
    private const int NineCharacters = 9;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <param name="before">The calls of the same message that come before it.</param>
    public ChatToolCall Translate(InputItem item, IReadOnlyList<ChatToolCall> before)
    {
        var call = Translate(item);
        return call with { Id = DistinctId(call.Id, before) };
    }

    private ChatToolCall Translate(InputItem item) => item switch
    {
        InputItem.FunctionCall call => new ChatToolCall(
            call.CallId, Name(ToolKind.Function, call.Namespace, call.Name), Arguments(call.Arguments)),
        InputItem.CustomToolCall call => new ChatToolCall(
            call.CallId, Name(ToolKind.Custom, call.Namespace, call.Name), CustomToolSchema.Wrap(call.Input)),
        InputItem.LocalShellCall call => new ChatToolCall(
            call.CallId, Name(ToolKind.LocalShell, ns: null, "local_shell"), ShellArguments(call.Action)),
        InputItem.ToolSearchCall call => new ChatToolCall(
            call.CallId, Name(ToolKind.ToolSearch, ns: null, "tool_search"), SearchArguments(call.Arguments)),
        _ => throw new ArgumentOutOfRangeException(nameof(item), item, message: null),
    };

    /// <summary>Two calls of one message with one id could not be told apart by their outputs.</summary>
    private string DistinctId(string callId, IReadOnlyList<ChatToolCall> before)
    {
        var id = Id(callId);
        for (var twin = 2; before.Any(b => b.Id == id); twin++)
            id = Id(string.Create(CultureInfo.InvariantCulture, $"{callId}-{twin}"));
        return id;
    }

    /// <summary>The id of a call as this backend takes it; the same id always gives the same.</summary>
    private string Id(string callId) => dialect.ToolIds switch
    {
        ToolIdForm.Verbatim => callId,
        ToolIdForm.NineAlphanumeric => IsNine(callId) ? callId : NineOf(callId),
        _ => throw new InvalidOperationException($"No such id form: {dialect.ToolIds}"),
    };

    private string Name(ToolKind kind, string? ns, string name)
    {
        var real = ToolNaming.RealNamespace(ns);
        ToolBinding? byName = null;
        foreach (var binding in tools.Bindings)
        {
            if (binding.Name != name || binding.Namespace != real)
                continue;
            if (binding.Kind == kind)
                return binding.WireName;
            byName = binding;
        }

        return byName?.WireName ?? ToolNaming.WireName(real, name);
    }

    /// <summary>One broken call in the history makes strict backends refuse every later turn (symptom 23).</summary>
    private string Arguments(string arguments)
    {
        if (!dialect.RepairsHistoryArguments || ArgumentRepair.IsObject(arguments))
            return arguments;
        return ArgumentRepair.TryRepair(arguments) ?? Object("invalid_arguments", arguments);
    }

    /// <summary>An object, though some clients send it as the string of a function call.</summary>
    private string SearchArguments(JsonElement arguments) =>
        Arguments(arguments.ValueKind == JsonValueKind.String ? arguments.GetString()! : WireJson.Compact(arguments));

    private static string ShellArguments(JsonElement action)
    {
        if (action.ValueKind != JsonValueKind.Object)
            return "{}";
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            foreach (var field in action.EnumerateObject())
            {
                if (field.Name is "type" or "env" or "user" || field.Value.ValueKind == JsonValueKind.Null)
                    continue;
                writer.WritePropertyName(field.Name == "working_directory" ? "workdir" : field.Name);
                field.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Object(string key, string value)
    {
        var buffer = new ArrayBufferWriter<byte>(value.Length + 32);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString(key, value);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static bool IsNine(string id) => id.Length == NineCharacters && id.All(char.IsAsciiLetterOrDigit);

    private static string NineOf(string id)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(id));
        return string.Create(NineCharacters, hash, (span, bytes) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = Alphabet[bytes[i] % Alphabet.Length];
        });
    }
}
