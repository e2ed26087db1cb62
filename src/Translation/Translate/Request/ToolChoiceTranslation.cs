using System.Collections.Immutable;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Request;

/// <param name="Tools">The tools that may be called under this choice.</param>
/// <param name="Fault">Set when the choice cannot be met at all.</param>
internal sealed record TranslatedToolChoice(ImmutableArray<ChatTool> Tools, ChatToolChoice? Choice, RequestFault? Fault = null);

/// <summary>
/// <c>tool_choice</c> in all forms. Auto is left out, being what backends do with tools anyway; a choice the backend
/// cannot express is met by offering fewer tools where that says the same, else dropped and reported.
/// </summary>
internal static class ToolChoiceTranslation
{
    private const string Path = "tool_choice";

    public static TranslatedToolChoice Translate(ResponsesRequest request, Dialect dialect, TranslatedTools tools, DroppedFields dropped)
    {
        var all = tools.Tools;
        switch (request.ToolChoice)
        {
            case null or ToolChoice.Auto:
                return new TranslatedToolChoice(all, Choice: null);
            case ToolChoice.None:
                // Not offering tools is the one way to forbid them that every backend understands.
                return Has(dialect, ToolChoiceSupport.Never)
                    ? new TranslatedToolChoice(all, new ChatToolChoice.None())
                    : new TranslatedToolChoice([], Choice: null);
            case ToolChoice.Required:
                return new TranslatedToolChoice(all, Required(dialect, all, dropped));
            case ToolChoice.Named named:
                return Named(named, dialect, tools, dropped);
            case ToolChoice.Allowed allowed:
                return Allowed(allowed, dialect, tools, dropped);
            case ToolChoice.Hosted hosted:
                return Refuse($"'tool_choice' demands the tool '{hosted.Type}', which runs on OpenAI's servers and not here. Choose a function or leave the choice to the model.");
            default:
                throw new ArgumentOutOfRangeException(nameof(request), request.ToolChoice, message: null);
        }
    }

    private static TranslatedToolChoice Named(ToolChoice.Named named, Dialect dialect, TranslatedTools tools, DroppedFields dropped)
    {
        if (Find(named, tools.Map) is not { } binding)
            return Refuse($"'tool_choice' names the tool '{named.Name}', which is not among 'tools'.");
        if (Has(dialect, ToolChoiceSupport.Named))
            return new TranslatedToolChoice(tools.Tools, new ChatToolChoice.Function(binding.WireName));
        var only = Only(tools, [binding]);
        return new TranslatedToolChoice(only, Required(dialect, only, dropped));
    }

    private static TranslatedToolChoice Allowed(ToolChoice.Allowed allowed, Dialect dialect, TranslatedTools tools, DroppedFields dropped)
    {
        var bindings = ImmutableArray.CreateBuilder<ToolBinding>();
        foreach (var named in allowed.Tools)
        {
            if (Find(named, tools.Map) is not { } binding)
                return Refuse($"'tool_choice' allows the tool '{named.Name}', which is not among 'tools'.");
            bindings.Add(binding);
        }

        var only = Only(tools, bindings.ToImmutable());
        if (allowed.MustCall && only.IsEmpty)
            return Refuse("'tool_choice' demands one of the tools it allows, and none of them can be called here. Allow a function or leave the choice to the model.");
        return new TranslatedToolChoice(only, allowed.MustCall ? Required(dialect, only, dropped) : null);
    }

    private static ChatToolChoice.Required? Required(Dialect dialect, ImmutableArray<ChatTool> tools, DroppedFields dropped)
    {
        if (tools.IsEmpty)
            dropped.Add(Path, "no tool is left that could be called");
        else if (!Has(dialect, ToolChoiceSupport.Required))
            dropped.Add(Path, "this backend cannot be made to call a tool");
        else
            return new ChatToolChoice.Required();
        return null;
    }

    private static ToolBinding? Find(ToolChoice.Named named, ToolMap map)
    {
        ToolBinding? found = null;
        foreach (var binding in map.Bindings)
        {
            if (binding.Name != named.Name)
                continue;
            if (binding.Namespace == ToolNaming.RealNamespace(named.Namespace))
                return binding;
            found ??= named.Namespace is null ? binding : null;
        }

        return found;
    }

    private static ImmutableArray<ChatTool> Only(TranslatedTools tools, ImmutableArray<ToolBinding> bindings) =>
        [.. tools.Tools.Where(t => bindings.Any(b => b.WireName == t.Name))];

    private static bool Has(Dialect dialect, ToolChoiceSupport support) => (dialect.ToolChoice & support) != ToolChoiceSupport.None;

    private static TranslatedToolChoice Refuse(string message) =>
        new([], Choice: null, new RequestFault(message, Path, "invalid_value"));
}
