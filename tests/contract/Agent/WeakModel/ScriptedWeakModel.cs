using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Codex.Contract.Tests.StockClients;
using Codex.Gateway.Demo.Scripts;
using Codex.ScriptedUpstream;

namespace Codex.Contract.Tests.Agent.WeakModel;

/// <summary>
/// A small model behind chat/completions. It follows its steps, looks only at whether the last result was good, and
/// knows one notation. The same script meets every agent; only the tools that are offered differ.
/// </summary>
internal sealed partial class ScriptedWeakModel(WeakCase script)
{
    private const string GivingUp = "I stop here.";

    private readonly Lock _turn = new();
    private int _step = -1;
    private int _tries;
    private int _requests;
    private bool _isJudged;
    private bool _wasGood;

    /// <summary>Requests that came after the last that is allowed: the agent would have gone on for ever.</summary>
    public bool WasEndless => _requests > script.MostRequests;

    public ChatScript Answer(RecordedRequest request)
    {
        lock (_turn)
        {
            var asked = new ChatAsked(request);
            if (asked.Json.TryGetProperty("max_tokens", out var most) && most.GetInt32() == 1)
                return Text("ok", request);
            if (++_requests > script.MostRequests)
                return Text(GivingUp, request);
            if (request.Body.Length / 4 > script.RealWindow)
                return TooLong(request);
            if (IsSummary(asked))
            {
                Judge(asked, summaryAsked: true);
                return Text(script.Summary, request);
            }

            Judge(asked, summaryAsked: false);
            _isJudged = false;
            return Play(asked, request);
        }
    }

    private ChatScript Play(ChatAsked asked, RecordedRequest request)
    {
        if (_step < 0 || Current() is not { Wants.Length: > 0 } tried || _wasGood || _tries >= tried.Tries)
            (_step, _tries) = (_step + 1, 0);
        _tries++;
        var step = Current();
        var wants = _tries > 1 && !step.Corrected.IsEmpty ? step.Corrected : step.Wants;
        var tools = OfferedTools.Of(asked);
        var calls = wants.Select(w => tools.Render(w)).Select(c => (c.Name, Arguments: Numbered(Damaged.Arguments(c.Arguments, step.Damage)))).ToList();
        var isCut = step.Arrives < 1 && _tries <= step.BadTries;
        return Stream(step, calls, isCut, request);
    }

    private WeakStep Current()
    {
        if (_step < script.Steps.Length)
            return script.Steps[_step];
        return script.Forever.IsEmpty ? script.Steps[^1] : script.Forever[(_step - script.Steps.Length) % script.Forever.Length];
    }

    private ChatScript Stream(WeakStep step, List<(string Name, string Arguments)> calls, bool isCut, RecordedRequest request)
    {
        var isNative = step.Notation == Notation.Native;
        var text = Numbered(step.Say) + (isNative ? "" : string.Join('\n', calls.Select(c => Written.Call(c.Name, c.Arguments, step.Notation))));
        var stream = new ChatStreamBuilder(script.Model).Role();
        if (step.Think.Length > 0)
            stream.Reasoning("reasoning_content", [.. PacedReply.Pieces(step.Think)]);
        // What is cut is the last that is sent.
        var isCallCut = isCut && isNative && calls.Count > 0;
        stream.Content([.. PacedReply.Pieces(isCut && !isCallCut ? Share(text, step.Arrives) : text)]);
        for (var i = 0; isNative && i < calls.Count; i++)
        {
            var arguments = isCallCut && i == calls.Count - 1 ? Share(calls[i].Arguments, step.Arrives) : calls[i].Arguments;
            Answers.WithCall(stream, i, new ScriptedToolCall(string.Create(CultureInfo.InvariantCulture, $"call_{_requests}_{i}"), calls[i].Name, arguments));
        }

        if (isCut && step.Cut != CutKind.Length)
            return step.Cut == CutKind.Abort ? stream.Abort().ToScript() : stream.ToScript();
        stream.Finish(isCut ? "length" : isNative && calls.Count > 0 ? "tool_calls" : "stop");
        return stream.Usage(new ScriptedUsage(request.Body.Length / 4, text.Length / 4)).Done().ToScript();
    }

    private void Judge(ChatAsked asked, bool summaryAsked)
    {
        // What the results of a turn were is forgotten with them when the conversation is summed up.
        if (_isJudged)
            return;
        _isJudged = summaryAsked;
        var results = asked.Messages.Reverse().Skip(summaryAsked ? 1 : 0).TakeWhile(IsResult).ToList();
        _wasGood = results.Count > 0 && !results.Exists(r => BadResult().IsMatch(ChatAsked.Text(r)));
    }

    private bool IsResult(JsonElement message) =>
        (message.GetProperty("role").ValueEquals("tool") && !script.DropsToolMessages)
        || (message.GetProperty("role").ValueEquals("user") && ChatAsked.Text(message).StartsWith("<tool_response>", StringComparison.Ordinal));

    /// <summary>Both agents ask for a handover, without tools, in the last message.</summary>
    private static bool IsSummary(ChatAsked asked) =>
        asked.Tools.Count == 0 && asked.Messages.LastOrDefault() is { ValueKind: JsonValueKind.Object } last
        && last.GetProperty("role").ValueEquals("user") && Handover().IsMatch(ChatAsked.Text(last));

    private ChatScript TooLong(RecordedRequest request)
    {
        var tokens = request.Body.Length / 4;
        return script.Dialect switch
        {
            "llamacpp" => ChatScript.Body(400, string.Create(CultureInfo.InvariantCulture, $$$"""{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error","n_prompt_tokens":{{{tokens}}},"n_ctx":{{{script.RealWindow}}}}}""")),
            _ => ChatScript.Error(400, string.Create(CultureInfo.InvariantCulture, $"This model's maximum context length is {script.RealWindow} tokens. However, your request has {tokens} input tokens. Please reduce the length of the input messages."), "BadRequestError", "400"),
        };
    }

    private ChatScript Text(string text, RecordedRequest request)
    {
        var stream = new ChatStreamBuilder(script.Model).Role().Content([.. PacedReply.Pieces(text)]).Finish();
        return stream.Usage(new ScriptedUsage(request.Body.Length / 4, text.Length / 4)).Done().ToScript();
    }

    private string Numbered(string text) => text.Replace("{n}", _step.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Share(string text, double share) => text[..(int)(text.Length * share)];

    [GeneratedRegex(@"^(unsupported|failed to|\w+ failed|apply_patch verification failed|not run:|no such tool)|Exit code: [1-9]|exited with code [1-9]|incompatible payload|execution error", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BadResult();

    [GeneratedRegex("hand-?\\s?(over|off)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Handover();
}
