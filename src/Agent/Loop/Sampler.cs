using System.Globalization;
using Codex.Agent.Client;
using Codex.Agent.Conversation;
using Codex.Agent.Events;

namespace Codex.Agent.Loop;

/// <summary>What one request brought.</summary>
internal abstract record Sample
{
    private Sample()
    {
    }

    /// <param name="WasCut">The answer ended at the output limit: no call in it may run.</param>
    public sealed record Answer(IReadOnlyList<HistoryItem> Items, TokenUsage? Usage, bool EndTurn, bool WasCut) : Sample;

    public sealed record ContextTooLong(string Message) : Sample;

    public sealed record Failed(string Message) : Sample;
}

/// <summary>Asks the model until it has answered, waiting and asking again as the endpoint allows.</summary>
internal sealed class Sampler(ResponsesClient client, RequestIdentity identity, Action<AgentEvent> emit, TimeProvider time)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>A server that asks for longer is told to the user instead.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    public async Task<Sample> AskAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var most = client.Endpoint.StreamRetries;
        for (var attempt = 1; ; attempt++)
        {
            var (answer, fault) = await AskPatientlyAsync(body, cancellation);
            if (answer is not null)
                return answer;
            var wait = fault switch
            {
                ModelFault.Busy { Wait: { } asked } => asked,
                _ => FirstDelay * Math.Pow(2, attempt - 1),
            };
            switch (fault)
            {
                case ModelFault.ContextTooLong:
                    return new Sample.ContextTooLong(fault.Message);
                case ModelFault.Fatal:
                    return new Sample.Failed(fault.Message);
                case ModelFault.Busy or ModelFault.Broken or ModelFault.Disconnected or ModelFault.Unreachable when attempt > most || wait > LongestWait:
                    return new Sample.Failed(Final(fault, attempt));
            }

            emit(new AgentEvent.Trouble(string.Create(CultureInfo.InvariantCulture, $"Reconnecting... {attempt}/{most} ({Words(fault!)})")));
            await Task.Delay(wait, time, cancellation);
        }
    }

    /// <summary>Asks a server that fails before it answers again at once, as often as <c>request_max_retries</c> says, before the user hears of it.</summary>
    private async Task<(Sample.Answer? Answer, ModelFault? Fault)> AskPatientlyAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        for (var retries = 0; ; retries++)
        {
            var outcome = await AskOnceAsync(body, cancellation);
            if (outcome.Fault is not ModelFault.Broken || retries == client.Endpoint.RequestRetries)
                return outcome;
            await Task.Delay(FirstDelay * Math.Pow(2, retries), time, cancellation);
        }
    }

    private async Task<(Sample.Answer? Answer, ModelFault? Fault)> AskOnceAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var items = new List<HistoryItem>();
        await foreach (var told in client.AskAsync(body, identity, cancellation))
        {
            switch (told)
            {
                case ModelEvent.TextDelta delta:
                    emit(new AgentEvent.MessageDelta(delta.Text));
                    break;
                case ModelEvent.ReasoningDelta delta:
                    emit(new AgentEvent.ReasoningDelta(delta.Text));
                    break;
                case ModelEvent.ItemDone done:
                    items.Add(done.Item);
                    break;
                case ModelEvent.Completed completed:
                    return (new Sample.Answer(items, completed.Usage, completed.EndTurn, WasCut: false), null);
                case ModelEvent.Failed { Fault: ModelFault.Cut cut }:
                    return (new Sample.Answer(items, cut.Usage, EndTurn: true, WasCut: true), null);
                case ModelEvent.Failed failed:
                    return (null, failed.Fault);
            }
        }

        return (null, new ModelFault.Disconnected("stream closed before response.completed"));
    }

    private static string Words(ModelFault fault) =>
        fault is ModelFault.Disconnected ? $"stream disconnected before completion: {fault.Message}" : fault.Message;

    private static string Final(ModelFault fault, int attempts) => fault is ModelFault.Unreachable
        ? string.Create(CultureInfo.InvariantCulture, $"{fault.Message}; tried {attempts} times. Start the model's server, or check base_url.")
        : Words(fault);
}
