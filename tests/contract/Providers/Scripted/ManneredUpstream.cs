using System.Collections.Immutable;
using Codex.Gateway.Demo.Scripts;
using Codex.ScriptedUpstream;

namespace Codex.Contract.Tests.Providers.Scripted;

/// <summary>A backend on a free port that behaves as one kind of backend does.</summary>
internal static class ManneredUpstream
{
    public const string Model = "scripted-model";

    public const string Key = "right-key-of-the-tests";

    /// <summary>Tokens; more than Codex's own prompt, little enough to be filled.</summary>
    public const int Window = 20_000;

    public static readonly ImmutableArray<Manner> Manners = [.. LocalManners.All, .. HostedManners.All];

    public static async Task<ScriptedUpstreamServer> StartAsync(Manner manner)
    {
        var server = await ScriptedUpstreamServer.StartAsync();
        server.Models(Model);
        server.Answer = request => Answer(manner, request);
        return server;
    }

    private static ChatScript Answer(Manner manner, RecordedRequest request)
    {
        if (manner.WrongKey is { } badKey && request.Headers.GetValueOrDefault("Authorization") != "Bearer " + Key)
            return manner.Errors(badKey);
        var prompt = new ChatPrompt(request.Json());
        if (manner.UnknownModel is { } badModel && prompt.Model != Model)
            return manner.Errors(badModel with { Message = badModel.Message.Replace("{model}", prompt.Model, StringComparison.Ordinal) });
        foreach (var refusal in (ImmutableArray<Refusal>)[.. Refusals.Everywhere, .. manner.Refusals])
        {
            if (refusal(prompt) is { } complaint)
                return manner.Errors(complaint);
        }

        if (prompt.Tokens > Window)
        {
            if (manner.TooLong is { } tooLong)
                return manner.Errors(tooLong);
            prompt = prompt with { Messages = prompt.Messages[^1..] };
        }

        var heard = manner.IgnoresToolChoice ? prompt with { ToolChoice = "auto" } : prompt;
        return MannerStream.Say(manner, ObedientModel.Answer(heard, manner.BindsByGrammar), prompt);
    }
}
