using System.Text.Json;

namespace Codex.Translation.Tests.Fixtures;

/// <summary>The keys of a response object, from the Responses specification.</summary>
internal static class ResponseObjectRules
{
    private static readonly string[] Keys =
    [
        "id", "object", "created_at", "completed_at", "status", "incomplete_details", "model", "previous_response_id",
        "instructions", "output", "error", "tools", "tool_choice", "truncation", "parallel_tool_calls", "text", "top_p",
        "presence_penalty", "frequency_penalty", "top_logprobs", "temperature", "reasoning", "usage", "max_output_tokens",
        "max_tool_calls", "store", "background", "service_tier", "metadata", "safety_identifier", "prompt_cache_key",
    ];

    public static void Check(string type, JsonElement response)
    {
        foreach (var key in Keys)
            response.TryGetProperty(key, out _).ShouldBeTrue($"{type} lacks {key}");
        response.EnumerateObject().Select(p => p.Name).ShouldBeUnique();
        var status = type == "response.created" ? "in_progress" : type["response.".Length..];
        response.GetProperty("status").GetString().ShouldBe(status);
        response.GetProperty("object").GetString().ShouldBe("response");
        response.GetProperty("id").GetString()!.ShouldStartWith("resp_");
        IsSet(response, "error").ShouldBe(status == "failed");
        IsSet(response, "incomplete_details").ShouldBe(status == "incomplete");
        IsSet(response, "completed_at").ShouldBe(status == "completed");
        IsSet(response, "usage").ShouldBe(status != "in_progress");
        if (status != "in_progress")
            CheckUsage(response.GetProperty("usage"));
        if (status == "failed")
        {
            response.GetProperty("error").GetProperty("code").GetString().ShouldNotBeNullOrEmpty();
            response.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    /// <summary>Codex refuses a usage object without either of the details.</summary>
    private static void CheckUsage(JsonElement usage)
    {
        var input = usage.GetProperty("input_tokens").GetInt64();
        var output = usage.GetProperty("output_tokens").GetInt64();
        usage.GetProperty("total_tokens").GetInt64().ShouldBe(input + output);
        usage.GetProperty("input_tokens_details").GetProperty("cached_tokens").GetInt64().ShouldBeInRange(0, input);
        usage.GetProperty("output_tokens_details").GetProperty("reasoning_tokens").GetInt64().ShouldBeInRange(0, output);
    }

    private static bool IsSet(JsonElement response, string key) => response.GetProperty(key).ValueKind != JsonValueKind.Null;
}
