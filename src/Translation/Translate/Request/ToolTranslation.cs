using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Request;

/// <param name="Tools">In the order they were declared; each has a binding in <paramref name="Map"/>.</param>
internal sealed record TranslatedTools(ImmutableArray<ChatTool> Tools, ToolMap Map);

/// <summary>Makes functions of every tool that can be one; the others are dropped and reported (symptom 12).</summary>
internal static class ToolTranslation
{
    private const string NoParameters = """{"type":"object","properties":{}}""";

    private const string ShellParameters =
        """{"type":"object","properties":{"command":{"type":"array","items":{"type":"string"},"description":"The program and its arguments."},"workdir":{"type":"string","description":"The directory to run in."},"timeout_ms":{"type":"number","description":"Milliseconds after which the command is ended."}},"required":["command"]}""";

    public static TranslatedTools Translate(ResponsesRequest request, Dialect dialect, DroppedFields dropped)
    {
        var build = new Builder(dialect, dropped);
        AddAll(build, request.Tools, "tools");
        // Tools that came inside the input follow the declared ones, in the order of their items (symptom 18).
        for (var i = 0; i < request.Input.Length; i++)
        {
            var found = request.Input[i] switch
            {
                InputItem.AdditionalTools additional => additional.Tools,
                InputItem.ToolSearchOutput search => search.Tools,
                _ => [],
            };
            AddAll(build, found, string.Create(CultureInfo.InvariantCulture, $"input[{i}].tools"));
        }

        return build.ToTools();
    }

    private static void AddAll(Builder build, ImmutableArray<Tool> tools, string path)
    {
        for (var i = 0; i < tools.Length; i++)
            build.Add(tools[i], ns: null, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
    }

    private sealed class Builder(Dialect dialect, DroppedFields dropped)
    {
        private readonly ImmutableArray<ChatTool>.Builder _tools = ImmutableArray.CreateBuilder<ChatTool>();
        private readonly ImmutableArray<ToolBinding>.Builder _bindings = ImmutableArray.CreateBuilder<ToolBinding>();
        private readonly HashSet<string> _wireNames = new(StringComparer.Ordinal);

        public TranslatedTools ToTools() => new(_tools.ToImmutable(), new ToolMap(_bindings.ToImmutable()));

        public void Add(Tool tool, string? ns, string path)
        {
            switch (tool)
            {
                case Tool.Function function:
                    AddFunction(function, ns, path);
                    break;
                case Tool.Custom custom:
                    Offer(ToolKind.Custom, ns, custom.Name, CustomToolSchema.Describe(custom), CustomToolSchema.Parameters, strict: null);
                    break;
                case Tool.Namespace group:
                    AddNamespace(group, path);
                    break;
                case Tool.ToolSearch search:
                    Offer(ToolKind.ToolSearch, ns: null, "tool_search", search.Description, Schema(search.Parameters), strict: null);
                    break;
                case Tool.LocalShell:
                    Offer(ToolKind.LocalShell, ns: null, "local_shell", "Runs a command on the user's machine.", ShellParameters, strict: null);
                    break;
                case Tool.WebSearch:
                    dropped.Add(path, "web_search runs on OpenAI's servers; this backend has none");
                    break;
                case Tool.Hosted hosted:
                    dropped.Add(path, $"a tool of the type '{hosted.Type}' has no counterpart in chat/completions");
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(tool), tool, message: null);
            }
        }

        /// <summary>Functions have no common description, so the first tool of the group carries the group's.</summary>
        private void AddNamespace(Tool.Namespace group, string path)
        {
            var first = _tools.Count;
            for (var i = 0; i < group.Tools.Length; i++)
                Add(group.Tools[i], ToolNaming.RealNamespace(group.Name), string.Create(CultureInfo.InvariantCulture, $"{path}.tools[{i}]"));
            if (_tools.Count == first || string.IsNullOrWhiteSpace(group.Description))
                return;
            var own = _tools[first].Description;
            _tools[first] = _tools[first] with
            {
                Description = string.IsNullOrWhiteSpace(own) ? group.Description : group.Description.TrimEnd() + "\n\n" + own,
            };
        }

        private void AddFunction(Tool.Function function, string? ns, string path)
        {
            if (function.Strict == true && !dialect.SendsStrict)
                dropped.Add(path + ".strict", "this backend does not enforce schemas of tools");
            Offer(ToolKind.Function, ns, function.Name, function.Description, Schema(function.Parameters), dialect.SendsStrict ? function.Strict : null);
        }

        private string Schema(JsonElement? parameters) =>
            parameters is { ValueKind: JsonValueKind.Object } schema && schema.EnumerateObject().Any()
                ? SchemaKeywords.Without(schema, dialect)
                : NoParameters;

        private void Offer(ToolKind kind, string? ns, string name, string? description, string parameters, bool? strict)
        {
            foreach (var known in _bindings)
            {
                // The same tool declared twice (found again by a search, say) is offered once.
                if (known.Kind == kind && known.Name == name && known.Namespace == ns)
                    return;
            }

            var wireName = ToolNaming.WireName(ns, name);
            if (!_wireNames.Add(wireName))
            {
                wireName = ToolNaming.Distinct(ns, name, kind);
                _wireNames.Add(wireName);
            }

            _bindings.Add(new ToolBinding(wireName, kind, name, ns));
            _tools.Add(new ChatTool(wireName, description, parameters, strict));
        }
    }
}
