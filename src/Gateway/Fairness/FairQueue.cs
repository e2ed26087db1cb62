namespace Codex.Gateway.Fairness;

/// <summary>
/// A limited number of places, and a queue that gives each party a place in turn: who sends a hundred requests waits
/// behind everybody else's first. Safe for several threads.
/// </summary>
public sealed class FairQueue
{
    private readonly Lock _lock = new();

    /// <summary>Parties that wait, the next one first; each is here once.</summary>
    private readonly LinkedList<Party> _turns = [];

    private readonly Dictionary<string, LinkedListNode<Party>> _parties = new(StringComparer.Ordinal);
    private int _places;

    public FairQueue(int places) => _places = places;

    public int Running { get; private set; }

    public int Waiting { get; private set; }

    /// <summary>Changes the number of places; more of them go to who waits at once, fewer count when places come free.</summary>
    public void Resize(int places)
    {
        lock (_lock)
        {
            _places = places;
            Fill();
        }
    }

    /// <summary>Null when there are <paramref name="mostWaiting"/> already.</summary>
    public FairQueueTicket? TryEnter(string party, int mostWaiting)
    {
        lock (_lock)
        {
            if (Running < _places && Waiting == 0)
            {
                Running++;
                return FairQueueTicket.Admitted();
            }

            if (Waiting >= mostWaiting)
                return null;
            if (!_parties.TryGetValue(party, out var node))
                _parties[party] = node = _turns.AddLast(new Party(party));
            var ticket = new FairQueueTicket(PlaceOfNext(node));
            node.Value.Waiting.AddLast(ticket);
            Waiting++;
            return ticket;
        }
    }

    /// <summary>Gives a place back, or up the wait for one; only the first call for a ticket counts.</summary>
    public void Leave(FairQueueTicket ticket, string party)
    {
        lock (_lock)
        {
            if (ticket.HasLeft)
                return;
            ticket.HasLeft = true;
            if (ticket.IsAdmitted)
            {
                Running--;
                Fill();
            }
            else if (_parties.TryGetValue(party, out var node) && node.Value.Waiting.Remove(ticket))
            {
                Waiting--;
                if (node.Value.Waiting.Count == 0)
                    Remove(node);
            }
        }
    }

    private void Fill()
    {
        while (Running < _places && _turns.First is { } node)
        {
            var next = node.Value.Waiting.First!.Value;
            node.Value.Waiting.RemoveFirst();
            Waiting--;
            Running++;
            _turns.Remove(node);
            if (node.Value.Waiting.Count > 0)
                _turns.AddLast(node);
            else
                _parties.Remove(node.Value.Name);
            next.Admit();
        }
    }

    /// <summary>How many would be served up to and with one more of this party, should nobody else come.</summary>
    private int PlaceOfNext(LinkedListNode<Party> node)
    {
        var own = node.Value.Waiting.Count;
        var before = own;
        var isBeforeOwn = true;
        for (var other = _turns.First; other is not null; other = other.Next)
        {
            if (other == node)
                isBeforeOwn = false;
            else
                before += Math.Min(other.Value.Waiting.Count, isBeforeOwn ? own + 1 : own);
        }

        return before + 1;
    }

    private void Remove(LinkedListNode<Party> node)
    {
        _turns.Remove(node);
        _parties.Remove(node.Value.Name);
    }

    private sealed record Party(string Name)
    {
        public LinkedList<FairQueueTicket> Waiting { get; } = [];
    }
}

/// <summary>A place, or the wait for one.</summary>
public sealed class FairQueueTicket
{
    private readonly TaskCompletionSource _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal FairQueueTicket(int place) => Place = place;

    /// <summary>From 1; 0 when there was no wait.</summary>
    public int Place { get; }

    /// <summary>Completes when it is this one's turn; never by itself when it has left before.</summary>
    public Task Turn => _admitted.Task;

    internal bool IsAdmitted => _admitted.Task.IsCompleted;

    internal bool HasLeft { get; set; }

    internal static FairQueueTicket Admitted()
    {
        var ticket = new FairQueueTicket(place: 0);
        ticket.Admit();
        return ticket;
    }

    internal void Admit() => _admitted.SetResult();
}
