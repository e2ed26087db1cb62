using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Tests.Fixtures;
using Codex.Translation.Translate;

namespace Codex.Translation.Tests.Translate.Request;

/// <summary>One directory of fixtures/requests; its README says what each file holds.</summary>
internal sealed class RequestFixture
{
    public const string Area = "requests";

    /// <summary>What the backend calls the model, in every fixture.</summary>
    public const string UpstreamModel = "backend-model";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _folder;

    private RequestFixture(string name)
    {
        _folder = RepositoryFiles.Fixture(Area, name);
        Body = File.ReadAllBytes(Path.Combine(_folder, "request.json"));
        var dialect = Path.Combine(_folder, "dialect.txt");
        var dialectName = File.Exists(dialect) ? File.ReadAllText(dialect).Trim() : "generic";
        Dialect = DialectRegistry.Find(dialectName) ?? throw new InvalidDataException($"{name}: no dialect '{dialectName}'.");
    }

    public byte[] Body { get; }

    public Dialect Dialect { get; }

    public static RequestFixture Load(string name) => new(name);

    /// <summary>The files that a translation must give, by name; a file that is not among them must not exist.</summary>
    public static IReadOnlyDictionary<string, string> Outcome(byte[] body, Dialect dialect)
    {
        if (ResponsesRequestReader.Read(body) is not RequestReading.Read read)
            return ErrorFile(((RequestReading.Refused)ResponsesRequestReader.Read(body)).Fault);
        return RequestTranslation.ToChat(read.Request, dialect, UpstreamModel) switch
        {
            RequestTranslated.Ready ready => CallFiles(ready.Call),
            RequestTranslated.Refused refused => ErrorFile(refused.Fault),
            var other => throw new InvalidOperationException(other.ToString()),
        };
    }

    public static IReadOnlyList<string> OutcomeFiles { get; } = ["chat.json", "dropped.txt", "tools.txt", "kind.txt", "error.json"];

    public string? Expected(string file)
    {
        var path = Path.Combine(_folder, file);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    public void Expect(string file, string? content)
    {
        var path = Path.Combine(_folder, file);
        if (content is null)
            File.Delete(path);
        else
            File.WriteAllText(path, content);
    }

    private static Dictionary<string, string> CallFiles(ChatCall call)
    {
        var files = new Dictionary<string, string> { ["chat.json"] = Pretty(call.ToUtf8()) };
        if (!call.Dropped.IsEmpty)
            files["dropped.txt"] = Lines(call.Dropped.Select(d => $"{d.Path}: {d.Reason}"));
        if (call.Tools.Bindings.Any(b => b.Kind != ToolKind.Function || b.Namespace is not null || b.Name != b.WireName))
            files["tools.txt"] = Lines(call.Tools.Bindings.Select(Line));
        if (call.Kind != AnswerKind.Response)
            files["kind.txt"] = call.Kind + "\n";
        return files;
    }

    private static string Line(ToolBinding binding) =>
        $"{binding.WireName} -> {binding.Kind} {(binding.Namespace is null ? "" : binding.Namespace + " / ")}{binding.Name}";

    private static Dictionary<string, string> ErrorFile(RequestFault fault)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("message", fault.Message);
            writer.WriteString("param", fault.Param);
            writer.WriteString("code", fault.Code);
            WriteNumber(writer, "line", fault.Line);
            WriteNumber(writer, "column", fault.Column);
            writer.WriteEndObject();
        }

        return new Dictionary<string, string> { ["error.json"] = Encoding.UTF8.GetString(stream.ToArray()) + "\n" };
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }

    /// <summary>The same values in the same order, spread over lines.</summary>
    private static string Pretty(byte[] json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 });
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
            document.RootElement.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static string Lines(IEnumerable<string> lines) =>
        string.Concat(lines.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l}\n")));
}
