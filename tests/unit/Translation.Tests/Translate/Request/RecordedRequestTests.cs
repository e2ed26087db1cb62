using System.Text;
using System.Text.Json;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Tests.Fixtures;
using Codex.Translation.Translate;

namespace Codex.Translation.Tests.Translate.Request;

/// <summary>Requests recorded from Codex 0.169, where a folder of them lies beside the repository.</summary>
public sealed class RecordedRequestTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "..", "shared", "samples");

    /// <summary>What every recorded request may lose, and nothing else.</summary>
    private static readonly string[] MayBeLost = ["web_search", "text.verbosity", "reasoning.effort", "text.format", "parallel_tool_calls", "takes no images"];

    public static TheoryData<string> Names => [.. DialectRegistry.All.Select(d => d.Name)];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Every_recorded_request_is_translated_whole(string name)
    {
        Skip.IfNot(Directory.Exists(Folder), "skipped, because no recorded requests lie beside the repository");
        var files = Directory.GetFiles(Folder, "request_*.json");
        Skip.If(files.Length == 0, "skipped, because the folder beside the repository holds no recorded requests");
        foreach (var file in files)
        {
            var call = Translate(File.ReadAllBytes(file), DialectRegistry.Find(name)!);
            foreach (var lost in call.Dropped)
                MayBeLost.ShouldContain(m => lost.Path.Contains(m) || lost.Reason.Contains(m), $"{Path.GetFileName(file)}: {lost.Path}: {lost.Reason}");
            ChatInvariants.Check(call);
        }
    }

    private static ChatCall Translate(byte[] recorded, Dialect dialect)
    {
        using var document = JsonDocument.Parse(recorded);
        var body = document.RootElement.GetProperty("body");
        var text = body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText();
        var request = ResponsesRequestReader.Read(Encoding.UTF8.GetBytes(text)).ShouldBeOfType<RequestReading.Read>().Request;
        return RequestTranslation.ToChat(request, dialect, RequestFixture.UpstreamModel).ShouldBeOfType<RequestTranslated.Ready>().Call;
    }
}
