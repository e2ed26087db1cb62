using Codex.Gateway.Providers;
using Codex.Translation.Responses;

namespace Codex.Gateway.Proxy;

/// <summary>What a request gets that did not say it itself.</summary>
internal static class RequestDefaults
{
    /// <summary>The configuration's values for this model, where the client named none.</summary>
    public static ResponsesRequest Complete(ResponsesRequest request, ModelSettings? settings)
    {
        if (settings is not { Temperature: not null } and not { TopP: not null } and not { ReasoningEffort: not null })
            return request;
        return request with
        {
            Temperature = request.Temperature ?? settings.Temperature,
            TopP = request.TopP ?? settings.TopP,
            Reasoning = request.Reasoning is { Effort: not null } || settings.ReasoningEffort is null
                ? request.Reasoning
                : new ReasoningOptions(settings.ReasoningEffort, request.Reasoning?.Summary),
        };
    }

    /// <summary>Version 1 of remote compaction asks by its path, version 2 by this item; inside they are one.</summary>
    public static ResponsesRequest AskForCompaction(ResponsesRequest request) =>
        request.Input.Any(item => item is InputItem.CompactionTrigger)
            ? request
            : request with { Input = request.Input.Add(new InputItem.CompactionTrigger()) };
}
