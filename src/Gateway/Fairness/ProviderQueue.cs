using System.Collections.Concurrent;
using System.Globalization;
using Codex.Gateway.Keys;
using Codex.Gateway.Logging;
using Codex.Gateway.Proxy;
using ILogger = Serilog.ILogger;

namespace Codex.Gateway.Fairness;

/// <summary>Lets as many requests at once to a provider as it is configured for, and the rest in turn.</summary>
public sealed class ProviderQueue(ILogger log, TimeProvider time)
{
    /// <summary>Nobody knows how long answers take; when to ask a full queue again.</summary>
    private static readonly TimeSpan FullDelay = TimeSpan.FromSeconds(10);

    private readonly ILogger _log = log.ForContext<ProviderQueue>();
    private readonly ConcurrentDictionary<string, FairQueue> _queues = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many requests run at each limited provider, and how many wait for it.</summary>
    public IEnumerable<(string Provider, int Running, int Waiting)> Lengths => _queues.Select(q => (q.Key, q.Value.Running, q.Value.Waiting));

    /// <summary>Who takes turns with others: keys; without them conversations, else addresses.</summary>
    public static string PartyOf(HttpContext context, Exchange exchange) =>
        context.Features.Get<GatewayKey>() is { } key ? $"key {key.Name}"
        : exchange.ConversationId is { } conversation ? $"conversation {conversation}"
        : $"address {context.Connection.RemoteIpAddress}";

    /// <exception cref="OperationCanceledException">Cancelled while it waited; it then holds no place.</exception>
    public ValueTask<QueueEntry> EnterAsync(Exchange exchange, string party, RequestLog record, CancellationToken cancellation)
    {
        if (exchange.Provider.Concurrency is not { } limit)
            return ValueTask.FromResult<QueueEntry>(QueueEntry.Entered.Unlimited);
        var queue = _queues.GetOrAdd(exchange.Provider.Name, static (_, most) => new FairQueue(most), limit.MaxConcurrent);
        queue.Resize(limit.MaxConcurrent);
        if (queue.TryEnter(party, limit.MaxQueued) is not { } ticket)
        {
            return ValueTask.FromResult<QueueEntry>(new QueueEntry.Refused(new Failure(
                FailureKind.RateLimited,
                StatusCodes.Status429TooManyRequests,
                string.Create(CultureInfo.InvariantCulture, $"Provider '{exchange.Provider.Name}' has {queue.Running} requests running and {queue.Waiting} waiting, which is all the gateway lets it have (MaxConcurrent, MaxQueued)."))
            {
                RetryAfter = FullDelay,
            }));
        }

        var place = new Place(queue, ticket, party);
        return ticket.Turn.IsCompleted
            ? ValueTask.FromResult<QueueEntry>(new QueueEntry.Entered(place))
            : WaitAsync(exchange, place, queue, record, cancellation);
    }

    private async ValueTask<QueueEntry> WaitAsync(
        Exchange exchange, Place place, FairQueue queue, RequestLog record, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var ticket = place.Ticket;
        _log.Information(
            "Provider {Provider} is full: request {RequestId} is number {Place} of {Waiting} in its queue", exchange.Provider.Name, record.RequestId, ticket.Place, queue.Waiting);
        record.Decide(string.Create(CultureInfo.InvariantCulture, $"Provider '{exchange.Provider.Name}' was full; the request waited as number {ticket.Place} in its queue."));
        try
        {
            await ticket.Turn.WaitAsync(cancellation);
            return new QueueEntry.Entered(place);
        }
        catch (OperationCanceledException)
        {
            place.Dispose();
            throw;
        }
        finally
        {
            record.QueueTime = time.GetElapsedTime(began);
        }
    }

    private sealed class Place(FairQueue queue, FairQueueTicket ticket, string party) : IDisposable
    {
        public FairQueueTicket Ticket { get; } = ticket;

        public void Dispose() => queue.Leave(Ticket, party);
    }
}

/// <summary>What came of asking a provider's queue for a place.</summary>
public abstract record QueueEntry
{
    private QueueEntry()
    {
    }

    /// <param name="Lease">To be disposed when the provider is done with the request; null where there is no limit.</param>
    public sealed record Entered(IDisposable? Lease) : QueueEntry
    {
        public static readonly Entered Unlimited = new(Lease: null);
    }

    public sealed record Refused(Failure Failure) : QueueEntry;
}
