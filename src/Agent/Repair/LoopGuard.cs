using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Codex.Agent.Repair;

/// <summary>What is to be done about a model that goes round in circles.</summary>
public abstract record LoopVerdict
{
    private LoopVerdict()
    {
    }

    public sealed record GoOn : LoopVerdict
    {
        public static readonly GoOn Instance = new();
    }

    /// <param name="Message">Added to the output the model reads.</param>
    public sealed record Correct(string Message) : LoopVerdict;

    /// <param name="Reason">Told to the user.</param>
    public sealed record Stop(string Reason) : LoopVerdict;
}

/// <summary>
/// Watches the calls of one turn. The first time a pattern shows the model is told; when it goes on all the same the
/// turn ends. A call whose output changes makes progress and is not counted: that is polling.
/// </summary>
public sealed partial class LoopGuard(int hardLimit = 1000)
{
    private const int SameInARow = 5;
    private const int SameInTheTurn = 6;
    private const int Alternations = 3;
    private const int SameToolFailing = 8;
    private const int SoftLimit = 100;

    private readonly List<(string Key, string Tool, bool Failed)> _calls = [];
    private readonly Dictionary<string, string> _outputs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _corrected = new(StringComparer.Ordinal);
    private int _made;

    /// <summary>Takes note of a call that was run.</summary>
    public LoopVerdict Note(string tool, string arguments, string output, bool failed)
    {
        _made++;
        if (_made >= hardLimit)
            return new LoopVerdict.Stop($"the model made {_made} tool calls in one turn");
        var key = Digest(tool + "\n" + arguments);
        var outputKey = Digest(Measured().Replace(output, ""));
        var changed = _outputs.TryGetValue(key, out var before) && before != outputKey;
        _outputs[key] = outputKey;
        if (changed)
        {
            _calls.RemoveAll(c => c.Key == key);
            return LoopVerdict.GoOn.Instance;
        }

        _calls.Add((key, tool, failed));
        return Judge(key, tool);
    }

    private LoopVerdict Judge(string key, string tool)
    {
        var same = _calls.Count(c => c.Key == key);
        if (InARow(c => c.Key == key) >= SameInARow || same >= SameInTheTurn)
            return new LoopVerdict.Stop($"the model repeated the same {tool} call {same} times without any change in its result");
        if (same >= 3)
            return Once("same:" + key, $"You have made this exact {tool} call {same} times and its result did not change. Do something else: read the message above, change the arguments, or finish with an answer.", stop: null);
        if (Alternates())
            return Once("alternate", "You are alternating between the same two calls. Stop and think about what is missing, then do something else or finish.", "the model kept alternating between the same two calls");
        if (InARow(c => c.Tool == tool && c.Failed) >= SameToolFailing)
            return Once("failing:" + tool, $"{tool} has failed {SameToolFailing} times in a row. Use another tool for this, or explain what stands in the way and finish.", $"{tool} kept failing");
        return _made == SoftLimit && _calls.Select(c => c.Key).Distinct(StringComparer.Ordinal).Count() < _calls.Count / 2
            ? new LoopVerdict.Correct($"You have made {SoftLimit} calls in this turn, many of them the same. Sum up what you know and finish.")
            : LoopVerdict.GoOn.Instance;
    }

    /// <summary>The first time a correction; the second time, where the pattern starts over, the end.</summary>
    private LoopVerdict Once(string pattern, string message, string? stop)
    {
        if (_corrected.Add(pattern))
        {
            if (stop is not null)
                _calls.Clear();
            return new LoopVerdict.Correct(message);
        }

        return stop is null ? LoopVerdict.GoOn.Instance : new LoopVerdict.Stop(stop);
    }

    private int InARow(Func<(string Key, string Tool, bool Failed), bool> fits)
    {
        var count = 0;
        for (var i = _calls.Count - 1; i >= 0 && fits(_calls[i]); i--)
            count++;
        return count;
    }

    private bool Alternates()
    {
        var length = Alternations * 2;
        if (_calls.Count < length)
            return false;
        var last = _calls.GetRange(_calls.Count - length, length);
        return last[0].Key != last[1].Key && Enumerable.Range(2, length - 2).All(i => last[i].Key == last[i - 2].Key);
    }

    /// <summary>Lines that differ from run to run of the same command, whatever it does.</summary>
    [GeneratedRegex(@"^(Wall time|Chunk ID): .*\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Measured();

    private static string Digest(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
