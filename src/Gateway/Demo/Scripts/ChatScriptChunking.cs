using System.Collections.Immutable;

namespace Codex.Gateway.Demo.Scripts;

/// <summary>The same bytes in other pieces: where reads split and streams end is what clients and gateways stumble over.</summary>
public static class ChatScriptChunking
{
    private static readonly ScriptStep FlushStep = new ScriptStep.Flush();

    public static ChatScript ByteByByte(this ChatScript script) => script.InPiecesOf(1);

    /// <summary>Every write is split into pieces of at most <paramref name="size"/> bytes, each flushed by itself.</summary>
    public static ChatScript InPiecesOf(this ChatScript script, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return script.Recut(bytes => Math.Min(size, bytes.Length));
    }

    /// <summary>One flush after every line end (LF).</summary>
    public static ChatScript LineByLine(this ChatScript script) => script.Recut(bytes =>
    {
        var end = bytes.IndexOf((byte)'\n');
        return end < 0 ? bytes.Length : end + 1;
    });

    /// <summary>One flush after every blank line, whatever pieces the script had: the way SSE servers write.</summary>
    public static ChatScript EventByEvent(this ChatScript script) => script.InOnePiece().Recut(static bytes =>
    {
        var lf = bytes.IndexOf("\n\n"u8);
        var crlf = bytes.IndexOf("\r\n\r\n"u8);
        var end = (lf, crlf) switch
        {
            ( < 0, < 0) => bytes.Length,
            ( < 0, _) => crlf + 4,
            (_, < 0) => lf + 2,
            _ => Math.Min(lf + 2, crlf + 4),
        };
        return end;
    });

    /// <summary>All bytes in a single write and flush, without pauses.</summary>
    public static ChatScript InOnePiece(this ChatScript script)
    {
        var first = true;
        var steps = ImmutableArray.CreateBuilder<ScriptStep>();
        foreach (var step in script.Steps)
        {
            switch (step)
            {
                case ScriptStep.Write when first:
                    steps.Add(new ScriptStep.Write(script.BodyBytes()));
                    steps.Add(FlushStep);
                    first = false;
                    break;
                case ScriptStep.Write or ScriptStep.Flush or ScriptStep.Pause:
                    break;
                default:
                    steps.Add(step);
                    break;
            }
        }

        return new ChatScript(steps.ToImmutable());
    }

    /// <summary>Puts a pause before every flush after the first.</summary>
    public static ChatScript Paced(this ChatScript script, TimeSpan pause)
    {
        var steps = ImmutableArray.CreateBuilder<ScriptStep>();
        var flushed = false;
        foreach (var step in script.Steps)
        {
            if (step is ScriptStep.Flush)
            {
                if (flushed)
                    steps.Add(new ScriptStep.Pause(pause));
                flushed = true;
            }

            steps.Add(step);
        }

        return new ChatScript(steps.ToImmutable());
    }

    /// <summary>Breaks the connection after <paramref name="bodyBytes"/> bytes of the body (0: after the headers).</summary>
    public static ChatScript CutAfter(this ChatScript script, int bodyBytes) =>
        script.StopAfter(bodyBytes, new ScriptStep.Abort());

    /// <summary>Ends the body cleanly, too early, after <paramref name="bodyBytes"/> bytes.</summary>
    public static ChatScript EndAfter(this ChatScript script, int bodyBytes) => script.StopAfter(bodyBytes, last: null);

    /// <summary>Falls silent after <paramref name="bodyBytes"/> bytes until the client gives up.</summary>
    public static ChatScript HangAfter(this ChatScript script, int bodyBytes) =>
        script.StopAfter(bodyBytes, new ScriptStep.Hang());

    private static ChatScript StopAfter(this ChatScript script, int bodyBytes, ScriptStep? last)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bodyBytes);
        var steps = ImmutableArray.CreateBuilder<ScriptStep>();
        var left = bodyBytes;
        foreach (var step in script.Steps)
        {
            if (step is not ScriptStep.Write write)
            {
                steps.Add(step);
                continue;
            }

            var kept = Math.Min(left, write.Bytes.Length);
            if (kept > 0)
                steps.Add(new ScriptStep.Write(write.Bytes[..kept]));
            left -= kept;
            if (left == 0)
                break;
        }

        steps.Add(FlushStep);
        if (last is not null)
            steps.Add(last);
        return new ChatScript(steps.ToImmutable());
    }

    private delegate int PieceLength(ReadOnlySpan<byte> rest);

    private static ChatScript Recut(this ChatScript script, PieceLength pieceLength)
    {
        var steps = ImmutableArray.CreateBuilder<ScriptStep>();
        foreach (var step in script.Steps)
        {
            switch (step)
            {
                case ScriptStep.Write write:
                    for (var rest = write.Bytes; rest.Length > 0;)
                    {
                        var length = pieceLength(rest.Span);
                        steps.Add(new ScriptStep.Write(rest[..length]));
                        steps.Add(FlushStep);
                        rest = rest[length..];
                    }

                    break;
                case ScriptStep.Flush when steps.Count > 0 && steps[^1] is ScriptStep.Flush:
                    break;
                default:
                    steps.Add(step);
                    break;
            }
        }

        return new ChatScript(steps.ToImmutable());
    }
}
