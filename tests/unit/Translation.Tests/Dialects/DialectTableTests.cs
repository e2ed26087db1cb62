using System.Text;
using System.Text.Json;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Tests.Fixtures;
using Codex.Translation.Tests.Translate.Request;
using Codex.Translation.Translate;

namespace Codex.Translation.Tests.Dialects;

/// <summary>Tables of fixtures/dialects: one setting or one request, in the manner of every dialect.</summary>
public sealed class DialectTableTests
{
    /// <summary>All words of Codex 0.169 and one of nobody's.</summary>
    private static readonly string[] EffortWords = ["none", "minimal", "low", "medium", "high", "xhigh", "max", "ultra", "odd"];

    public static TheoryData<string> Names => DialectRegistryTests.Names;

    [Fact]
    public void Every_effort_word_is_sent_as_the_backend_knows_it()
    {
        var table = new StringBuilder();
        foreach (var dialect in DialectRegistry.All)
        {
            foreach (var same in Neighbours(EffortWords.Select(w => (Word: w, Sent: Sent(dialect, w)))))
                table.Append($"{dialect.Name}: {same.Words} -> {same.Sent}\n");
        }

        ShouldBeAsKept(table.ToString(), "efforts.txt");
    }

    /// <summary>A request that uses most of what dialects differ in.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void One_request_in_the_manner_of_each(string name)
    {
        var body = File.ReadAllBytes(RepositoryFiles.Fixture("dialects", "request.json"));
        var outcome = RequestFixture.Outcome(body, DialectRegistry.Find(name)!);
        ShouldBeAsKept(outcome["chat.json"] + outcome.GetValueOrDefault("dropped.txt"), name + ".txt");
    }

    private static IEnumerable<(string Words, string Sent)> Neighbours(IEnumerable<(string Word, string Sent)> rows)
    {
        var words = new List<string>();
        string? last = null;
        foreach (var (word, sent) in rows)
        {
            if (last is not null && last != sent)
            {
                yield return (string.Join(", ", words), last);
                words.Clear();
            }

            words.Add(word);
            last = sent;
        }

        yield return (string.Join(", ", words), last!);
    }

    /// <summary>The fields that the word adds to a request; a dash where it is dropped.</summary>
    private static string Sent(Dialect dialect, string effort)
    {
        var without = Call(dialect, new ReasoningOptions(Effort: null, Summary: null));
        var with = Call(dialect, new ReasoningOptions(effort, Summary: null));
        using var plain = JsonDocument.Parse(without.ToUtf8());
        using var asked = JsonDocument.Parse(with.ToUtf8());
        var added = asked.RootElement.EnumerateObject().Where(f => !plain.RootElement.TryGetProperty(f.Name, out _)).ToList();
        if (added.Count == 0)
        {
            with.Dropped.ShouldContain(d => d.Path == "reasoning.effort", $"{dialect.Name} loses '{effort}' silently");
            return "-";
        }

        with.Dropped.ShouldBeEmpty();
        return string.Join(", ", added.Select(f => $"{f.Name} {f.Value.GetRawText()}"));
    }

    private static ChatCall Call(Dialect dialect, ReasoningOptions reasoning)
    {
        var request = new ResponsesRequest
        {
            Model = "m",
            Input = [new InputItem.Message(MessageRole.User, [new ContentPart.Text("Hi")])],
            Reasoning = reasoning,
        };
        return RequestTranslation.ToChat(request, dialect, RequestFixture.UpstreamModel).ShouldBeOfType<RequestTranslated.Ready>().Call;
    }

    private static void ShouldBeAsKept(string made, string file)
    {
        var path = RepositoryFiles.Fixture("dialects", file);
        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
            File.WriteAllText(path, made);
        made.ShouldBe(File.ReadAllText(path));
    }
}
