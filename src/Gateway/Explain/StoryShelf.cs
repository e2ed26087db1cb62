using System.Collections.Immutable;

namespace Codex.Gateway.Explain;

/// <summary>The stories of the last requests, in memory only; the oldest go first.</summary>
internal sealed class StoryShelf
{
    public const int MostStories = 100;
    private const int MostCharacters = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly LinkedList<RequestStory> _stories = new();

    /// <summary>Newest first.</summary>
    public ImmutableArray<RequestStory> All
    {
        get
        {
            lock (_gate)
                return [.. _stories];
        }
    }

    public RequestStory? Find(string id) => All.FirstOrDefault(s => s.Id == id);

    public void Add(RequestStory story)
    {
        lock (_gate)
        {
            _stories.AddFirst(story);
            if (_stories.Count > MostStories)
                _stories.RemoveLast();
        }
    }

    /// <summary>Called at the end of a request, when its size is known.</summary>
    public void Trim()
    {
        lock (_gate)
        {
            var size = 0L;
            for (var node = _stories.First; node is not null; node = node.Next)
            {
                size += node.Value.Size;
                if (size <= MostCharacters)
                    continue;
                // The newest is shown in any case.
                while (_stories.Last is { } last && last != node && last != _stories.First)
                    _stories.RemoveLast();
                if (node != _stories.First)
                    _stories.Remove(node);
                return;
            }
        }
    }
}
