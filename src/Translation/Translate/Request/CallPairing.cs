using System.Collections.Immutable;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Request;

/// <summary>
/// Which output answers which call, by their places in the input. Ids may repeat in one history, outputs may come
/// before their call, and either may be missing after a compaction (symptoms 25, 26).
/// </summary>
internal sealed class CallPairing
{
    private readonly Dictionary<int, int> _outputOfCall = [];
    private readonly HashSet<int> _answers = [];

    private CallPairing()
    {
    }

    public static CallPairing Of(ImmutableArray<InputItem> input)
    {
        var pairing = new CallPairing();
        var waiting = new List<Call>();
        var early = new List<int>();
        var run = 0;
        for (var i = 0; i < input.Length; i++)
        {
            if (CallId(input[i]) is { } callId)
            {
                waiting.Add(new Call(i, callId, run));
            }
            else if (OutputId(input[i]) is { } outputId)
            {
                if (!pairing.PairBackward(waiting, outputId, i))
                    early.Add(i);
            }
            else if (input[i] is InputItem.Message { Role: MessageRole.User })
            {
                run++;
            }
        }

        foreach (var output in early)
            pairing.PairForward(waiting, OutputId(input[output])!, output);
        return pairing;
    }

    /// <summary>The place of the output that answers the call at this place, or null.</summary>
    public int? OutputOf(int call) => _outputOfCall.TryGetValue(call, out var output) ? output : null;

    /// <summary>Whether the output at this place answers a call of this history.</summary>
    public bool HasCall(int output) => _answers.Contains(output);

    public static string? CallId(InputItem item) => item switch
    {
        InputItem.FunctionCall call => call.CallId,
        InputItem.CustomToolCall call => call.CallId,
        InputItem.LocalShellCall call => call.CallId,
        InputItem.ToolSearchCall call => call.CallId,
        _ => null,
    };

    public static string? OutputId(InputItem item) => item switch
    {
        InputItem.ToolOutput output => output.CallId,
        InputItem.ToolSearchOutput output => output.CallId,
        _ => null,
    };

    /// <summary>The latest turn that still has an unanswered call of this id; within it the first such call.</summary>
    private bool PairBackward(List<Call> waiting, string id, int output)
    {
        var last = waiting.FindLastIndex(c => c.Id == id);
        if (last < 0)
            return false;
        var first = waiting.FindIndex(c => c.Id == id && c.Run == waiting[last].Run);
        Pair(waiting, first, output);
        return true;
    }

    private void PairForward(List<Call> waiting, string id, int output)
    {
        var next = waiting.FindIndex(c => c.Id == id && c.Place > output);
        if (next >= 0)
            Pair(waiting, next, output);
    }

    private void Pair(List<Call> waiting, int at, int output)
    {
        _outputOfCall[waiting[at].Place] = output;
        _answers.Add(output);
        waiting.RemoveAt(at);
    }

    private readonly record struct Call(int Place, string Id, int Run);
}
