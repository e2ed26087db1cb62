using Codex.Gateway.Providers;
using Codex.Gateway.Proxy.Attempts;
using Codex.Translation.Responses;
using Codex.Translation.Text;
using Codex.Translation.Translate;
using Yarp.ReverseProxy.Model;

namespace Codex.Gateway.Proxy;

/// <summary>One request on its way to a backend and what came of it; a feature of the HTTP context.</summary>
public sealed class Exchange
{
    public required ProxyEndpoint Endpoint { get; init; }

    public required ClientKind Client { get; init; }

    public required Provider Provider { get; init; }

    /// <summary>As the client asked for it.</summary>
    public required string Model { get; init; }

    /// <summary>What the backend gets; empty once nothing can be sent again.</summary>
    public required ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>Appended to the backend's base address.</summary>
    public required string UpstreamPath { get; init; }

    /// <summary>Whether the client waits for an event stream.</summary>
    public required bool WantsEvents { get; init; }

    public required UpstreamCredentials Credentials { get; init; }

    public string? ConversationId { get; init; }

    /// <summary>How the answer is translated back; null when it passes through as it is.</summary>
    public AnswerPlan? Plan { get; init; }

    /// <summary>The model as it was found when the request came.</summary>
    public required ModelResolution.Resolved Target { get; init; }

    /// <summary>The backend's own name of the model.</summary>
    public string UpstreamModel => Target.UpstreamModel;

    /// <summary>Attempts that failed, in their order.</summary>
    public List<Attempt> Attempts { get; } = [];

    /// <summary>Stands before the client's response; null where nothing can be said before the backend answers.</summary>
    internal DeferredResponse? Deferred { get; set; }

    /// <summary>What the client is told while it waits; null as <see cref="Deferred"/> is.</summary>
    internal ResponseOpening? Opening { get; set; }

    /// <summary>The provider's cluster as the request found it.</summary>
    public ClusterState? Cluster { get; set; }

    /// <summary>Runs from the moment the request leaves.</summary>
    public RequestDeadline? Deadline { get; set; }

    /// <summary>Set by whoever finds that this attempt brings no answer; told to the client when it was the last.</summary>
    public Failure? Failure { get; set; }

    /// <summary>The backend's own error, for endpoints that pass it on as it is.</summary>
    public PassedError? PassedError { get; set; }

    /// <summary>The translated answer of this attempt.</summary>
    internal TranscodingStream? Stream { get; set; }

    /// <summary>The whole answer, for a client that does not stream.</summary>
    public ResponseObject? Folded { get; set; }

    /// <summary>Output has reached the client, so that there will be no other attempt: an open stream must not hold what was asked.</summary>
    public void ReleaseBody() => Body = default;
}

/// <summary>What translating an answer back needs.</summary>
/// <param name="Redaction">For errors that the backend words itself.</param>
public sealed record AnswerPlan(ChatCall Call, ResponseTemplate Template, ResponseShape Shape, Redaction Redaction)
{
    public StreamTranscoder NewTranscoder() => new(Template, Call, Shape, Redaction);
}
