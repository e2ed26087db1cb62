using System.Collections.Immutable;

namespace Codex.Gateway.Demo.Scripts;

/// <summary>Turns a whole answer into a script that streams it at the speed of a small model.</summary>
public static class PacedReply
{
    /// <summary>No answer has more pieces than this, so that a long one does not take long.</summary>
    private const int MaxPieces = 40;

    private const int WordsPerPiece = 2;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    /// <summary>Role, text, calls, finish, counts when <paramref name="withUsage"/>, <c>[DONE]</c>.</summary>
    public static ChatScript Stream(ScriptedReply reply, ChatIdentity identity, bool withUsage)
    {
        var stream = new ChatStreamBuilder(identity).Role();
        if (reply.Content is { } content)
        {
            foreach (var piece in Pieces(content))
                stream.Pause(Pace).Content(piece);
        }

        for (var index = 0; index < reply.ToolCalls.Length; index++)
        {
            var call = reply.ToolCalls[index];
            stream.Pause(Pace).ToolCalls(new ToolCallFragment(index, call.Id, call.Name, ""));
            foreach (var piece in Pieces(call.Arguments))
                stream.Pause(Pace).ToolCalls(new ToolCallFragment(index, Arguments: piece));
        }

        stream.Finish(reply.FinishReason);
        if (withUsage)
            stream.Usage(reply.Usage);
        return stream.Done().ToScript();
    }

    /// <summary>The text in pieces of a few words; joined they are the text.</summary>
    public static ImmutableArray<string> Pieces(string text)
    {
        var starts = new List<int>();
        for (var i = 0; i < text.Length; i++)
        {
            if (i == 0 || (char.IsWhiteSpace(text[i]) && !char.IsWhiteSpace(text[i - 1])))
                starts.Add(i);
        }

        var step = Math.Max(WordsPerPiece, (starts.Count + MaxPieces - 1) / MaxPieces);
        var pieces = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < starts.Count; i += step)
        {
            var end = i + step < starts.Count ? starts[i + step] : text.Length;
            pieces.Add(text[starts[i]..end]);
        }

        return pieces.ToImmutable();
    }
}
