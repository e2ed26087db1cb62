using System.Collections.Immutable;
using System.Globalization;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Request;

/// <summary>
/// Makes chat messages of instructions and input. Every item has a defined fate; messages already sent keep their
/// bytes from turn to turn, so that a backend's prefix cache stays warm.
/// </summary>
internal sealed class ConversationTranslation
{
    private const string NoOutput = "(The call was not finished, so there is no output.)";

    private const string CompactionRequest =
        "The conversation is about to be replaced by a summary. Write that summary now, for yourself: what the user wants, "
        + "what has been done and found out (with file names, commands and exact values that matter), what was decided and why, "
        + "and what is left to do next. Write only the summary.";

    private readonly ResponsesRequest _request;
    private readonly Dialect _dialect;
    private readonly DroppedFields _dropped;
    private readonly CallPairing _pairing;
    private readonly HistoryCalls _calls;
    private readonly PartTranslation _parts;
    private readonly ToolMap _tools;
    private readonly int _lastUser;
    private readonly ImmutableArray<ChatMessage>.Builder _messages = ImmutableArray.CreateBuilder<ChatMessage>();
    private AssistantTurn? _turn;

    private ConversationTranslation(ResponsesRequest request, Dialect dialect, ToolMap tools, DroppedFields dropped)
    {
        _request = request;
        _dialect = dialect;
        _dropped = dropped;
        _tools = tools;
        _pairing = CallPairing.Of(request.Input);
        _calls = new HistoryCalls(dialect, tools);
        _parts = new PartTranslation(dialect, dropped);
        _lastUser = LastUser(request.Input);
    }

    public static ImmutableArray<ChatMessage> Translate(ResponsesRequest request, Dialect dialect, ToolMap tools, DroppedFields dropped)
    {
        var translation = new ConversationTranslation(request, dialect, tools, dropped);
        translation.Run();
        return translation._messages.ToImmutable();
    }

    private static string Path(int i) => string.Create(CultureInfo.InvariantCulture, $"input[{i}]");

    private static int LastUser(ImmutableArray<InputItem> input)
    {
        for (var i = input.Length - 1; i >= 0; i--)
        {
            if (input[i] is InputItem.Message { Role: MessageRole.User })
                return i;
        }

        return -1;
    }

    private void Run()
    {
        var first = AddLeadingInstructions();
        for (var i = first; i < _request.Input.Length; i++)
            Take(_request.Input[i], i);
        CloseTurn();
        // Clients load a model by an empty prompt; a list without any message is refused everywhere.
        if (_messages.Count == 0)
            _messages.Add(new ChatMessage.User([new ChatPart.Text("")]));
    }

    /// <summary>Instructions and everything of that kind before the first other item become one leading message (symptoms 34, 35).</summary>
    private int AddLeadingInstructions()
    {
        var texts = new List<string>();
        if (!string.IsNullOrEmpty(_request.Instructions))
            texts.Add(_request.Instructions);
        var next = 0;
        for (; next < _request.Input.Length; next++)
        {
            if (_request.Input[next] is InputItem.AdditionalTools)
                continue;
            if (_request.Input[next] is not InputItem.Message { Role: MessageRole.System or MessageRole.Developer } message)
                break;
            var text = _parts.Words(message.Content, Path(next));
            if (text.Length > 0)
                texts.Add(text);
        }

        if (texts.Count > 0)
            _messages.Add(new ChatMessage.Instructions(_dialect.InstructionsRole, string.Join("\n\n", texts)));
        return next;
    }

    private void Take(InputItem item, int i)
    {
        switch (item)
        {
            case InputItem.Message { Role: MessageRole.User } message:
                AddUser(_parts.User(message.Content, Path(i)));
                break;
            case InputItem.Message { Role: MessageRole.Assistant } message:
                TurnAt(i).AddText(_parts.Words(message.Content, Path(i)));
                break;
            case InputItem.Message message:
                AddLateInstructions(_parts.Words(message.Content, Path(i)));
                break;
            case InputItem.Reasoning reasoning:
                if (!TurnAt(i).AddReasoning(reasoning))
                    _dropped.Add(Path(i), "reasoning that only its maker can read");
                break;
            case InputItem.FunctionCall or InputItem.CustomToolCall or InputItem.LocalShellCall or InputItem.ToolSearchCall:
                TurnAt(i).AddCall(i);
                break;
            case InputItem.ToolOutput or InputItem.ToolSearchOutput:
                TakeOutput(item, i);
                break;
            case InputItem.AgentMessage message:
                AddUser([new ChatPart.Text(Heading(message)), .. _parts.User(message.Content, Path(i))]);
                break;
            case InputItem.Compaction compaction:
                TakeCompaction(compaction, i);
                break;
            case InputItem.CompactionTrigger:
                AddUser([new ChatPart.Text(CompactionRequest)]);
                break;
            case InputItem.AdditionalTools:
                break;
            case InputItem.WebSearchCall:
                _dropped.Add(Path(i), "a search of the vendor's servers; what it found is in the answer that followed");
                break;
            case InputItem.Unknown unknown:
                _dropped.Add(Path(i), $"an item of the unknown type '{unknown.Type}'");
                break;
            case InputItem.ItemReference:
                throw new InvalidOperationException("References are refused before the conversation is translated.");
            default:
                throw new ArgumentOutOfRangeException(nameof(item), item, message: null);
        }
    }

    private static string Heading(InputItem.AgentMessage message) => $"Message from {message.Author} to {message.Recipient}:";

    private void TakeOutput(InputItem item, int i)
    {
        if (_pairing.HasCall(i))
            return;

        // The call went with a compaction; what it gave is still worth knowing (symptom 26).
        var (text, images) = Output(item, i);
        AddUser([new ChatPart.Text("Output of an earlier tool call that is no longer in the conversation:\n" + text), .. images]);
    }

    private void TakeCompaction(InputItem.Compaction compaction, int i)
    {
        if (ReasoningEnvelope.TryOpen(compaction.EncryptedContent, out var summary, out _))
            AddUser([new ChatPart.Text("Summary of the conversation so far:\n" + summary)]);
        else
            _dropped.Add(Path(i), "a summary that only its maker can read");
    }

    private AssistantTurn TurnAt(int place)
    {
        if (_turn is not null && _turn.IsAnsweredBefore(place, _pairing))
            CloseTurn();
        return _turn ??= new AssistantTurn(place);
    }

    private void AddLateInstructions(string text)
    {
        if (text.Length == 0)
            return;
        if (_dialect.LateInstructions == LateInstructions.InPlace)
        {
            CloseTurn();
            _messages.Add(new ChatMessage.Instructions(_dialect.InstructionsRole, text));
        }
        else
        {
            AddUser([new ChatPart.Text(text)]);
        }
    }

    private void AddUser(ImmutableArray<ChatPart> parts)
    {
        if (parts.IsEmpty)
            return;
        CloseTurn();
        if (_dialect.MergeUserMessages && _messages is [.., ChatMessage.User last])
            _messages[^1] = new ChatMessage.User([.. last.Parts, .. parts]);
        else
            _messages.Add(new ChatMessage.User(parts));
    }

    /// <summary>Writes the assistant message and, right behind it, the outputs of its calls.</summary>
    private void CloseTurn()
    {
        if (_turn is not { } turn)
            return;
        _turn = null;
        // Reasoning alone is no message: backends want words or calls.
        if (turn.IsEmpty)
            return;
        var replays = Replays(turn);
        var calls = ImmutableArray.CreateBuilder<ChatToolCall>(turn.Calls.Count);
        foreach (var place in turn.Calls)
            calls.Add(_calls.Translate(_request.Input[place], calls));
        _messages.Add(new ChatMessage.Assistant(turn.Text, Reasoning(turn, replays), replays ? turn.ReasoningDetails : null, calls.ToImmutable()));
        AddOutputs(turn, calls);
    }

    private bool Replays(AssistantTurn turn) => _dialect.ReasoningReplay switch
    {
        ReasoningReplay.Never => false,
        ReasoningReplay.ToolLoop => turn.Start > _lastUser,
        ReasoningReplay.Always => true,
        _ => throw new InvalidOperationException($"No such replay: {_dialect.ReasoningReplay}"),
    };

    private string? Reasoning(AssistantTurn turn, bool replays)
    {
        if (replays && turn.Reasoning is { } reasoning)
            return reasoning;
        return turn.Calls.Count > 0 ? _dialect.ReasoningPlaceholder : null;
    }

    private void AddOutputs(AssistantTurn turn, ImmutableArray<ChatToolCall>.Builder calls)
    {
        var lifted = ImmutableArray.CreateBuilder<ChatPart>();
        for (var k = 0; k < calls.Count; k++)
        {
            var text = NoOutput;
            if (_pairing.OutputOf(turn.Calls[k]) is { } place)
            {
                (text, var images) = Output(_request.Input[place], place);
                if (!images.IsEmpty)
                {
                    lifted.Add(new ChatPart.Text($"From the output of {calls[k].Name}:"));
                    lifted.AddRange(images);
                }
            }

            _messages.Add(new ChatMessage.Tool(calls[k].Id, text));
        }

        if (lifted.Count > 0)
            _messages.Add(new ChatMessage.User(lifted.ToImmutable()));
    }

    private (string Text, ImmutableArray<ChatPart> Images) Output(InputItem item, int place) => item switch
    {
        InputItem.ToolOutput output => _parts.Output(output.Content, Path(place)),
        InputItem.ToolSearchOutput search => (FoundTools(search), []),
        _ => throw new ArgumentOutOfRangeException(nameof(item), item, message: null),
    };

    private string FoundTools(InputItem.ToolSearchOutput search)
    {
        var names = search.Tools.SelectMany(Names).ToList();
        return names.Count == 0 ? "No tool was found." : "Found, and ready to be called: " + string.Join(", ", names);
    }

    private IEnumerable<string> Names(Tool tool) => tool switch
    {
        Tool.Namespace group => group.Tools.SelectMany(t => NameOf(t) is { } name ? [WireName(ToolNaming.RealNamespace(group.Name), name)] : Names(t)),
        _ => NameOf(tool) is { } name ? [WireName(ns: null, name)] : [],
    };

    private static string? NameOf(Tool tool) => tool switch
    {
        Tool.Function function => function.Name,
        Tool.Custom custom => custom.Name,
        _ => null,
    };

    private string WireName(string? ns, string name) =>
        _tools.Bindings.FirstOrDefault(b => b.Name == name && b.Namespace == ns)?.WireName ?? ToolNaming.WireName(ns, name);
}
