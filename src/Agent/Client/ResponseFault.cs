using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Codex.Agent.Client;

/// <summary>What an error inside a stream means for the turn.</summary>
internal static partial class ResponseFault
{
    public const string OutOfRoom =
        "Codex ran out of room in the model's context window. Start a new thread or clear earlier history before retrying.";

    public static ModelFault Read(JsonElement? error)
    {
        var code = error is { } e ? Text(e, "code") : null;
        var message = (error is { } told ? Text(told, "message") : null) ?? "response.failed event received";
        return code switch
        {
            "context_length_exceeded" => new ModelFault.ContextTooLong(message),
            "invalid_prompt" or "model_not_found" or "content_policy_violation" or "invalid_api_key" => new ModelFault.Fatal(message),
            "insufficient_quota" => new ModelFault.Fatal($"Quota exceeded. Check your plan and billing details. ({message})"),
            "rate_limit_exceeded" => new ModelFault.Busy("rate limit exceeded: " + message, WaitIn(message)),
            "slow_down" or "server_is_overloaded" => new ModelFault.Busy(message, WaitIn(message)),
            _ => new ModelFault.Disconnected(message),
        };
    }

    /// <summary>Reads "try again in 3.5 s" out of a message.</summary>
    public static TimeSpan? WaitIn(string message)
    {
        if (TryAgain().Match(message) is not { Success: true } match)
            return null;
        var amount = double.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["unit"].ValueSpan.Equals("ms", StringComparison.OrdinalIgnoreCase) ? TimeSpan.FromMilliseconds(amount) : TimeSpan.FromSeconds(amount);
    }

    private static string? Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"try again in\s*(?<n>\d{1,7}(\.\d{1,6})?)\s*(?<unit>ms|s|seconds?)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TryAgain();
}
