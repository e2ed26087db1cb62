using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Tests.Fixtures;
using Codex.Translation.Translate;
using FsCheck;
using FsCheck.Fluent;

namespace Codex.Translation.Tests.Translate.Request;

public sealed class RequestPropertyTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(160);

    public static TheoryData<string> Names => [.. DialectRegistry.All.Select(d => d.Name)];

    /// <summary>Dialects whose messages are only ever appended to when the user goes on.</summary>
    public static TheoryData<string> AppendOnly =>
        [.. DialectRegistry.All
            .Where(d => d.ReasoningReplay != ReasoningReplay.ToolLoop && d is { LateInstructions: LateInstructions.AsUser, MergeUserMessages: false })
            .Select(d => d.Name)];

    public static TheoryData<string> Unmerged => [.. DialectRegistry.All.Where(d => !d.MergeUserMessages).Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_history_becomes_a_chat_that_backends_take(string name)
    {
        var dialect = DialectRegistry.Find(name)!;
        ForAll(numbers =>
        {
            var history = new RandomHistory("c").AddAll(numbers);
            if (history.Items.Count == 0)
                return;
            var call = Translate(history.Items, dialect);
            ChatInvariants.Check(call);
            var text = Encoding.UTF8.GetString(call.ToUtf8());
            foreach (var words in history.Words)
                (text.Split(words).Length - 1).ShouldBe(1, $"{words} in {text}");
        });
    }

    [Theory]
    [MemberData(nameof(AppendOnly))]
    public void What_was_sent_keeps_its_bytes_when_the_user_goes_on(string name)
    {
        var dialect = DialectRegistry.Find(name)!;
        ForAll((first, second) =>
        {
            var history = new RandomHistory("a").AddUser().AddAll(first);
            var more = new RandomHistory("b").AddUser().AddAll(second.Where(IsNoTools));
            ShouldBeginWith(history.Items, more.Items, dialect);
        });
    }

    /// <summary>The tool loop: every call is answered, and the model speaks or calls again.</summary>
    [Theory]
    [MemberData(nameof(Unmerged))]
    public void What_was_sent_keeps_its_bytes_when_the_model_goes_on(string name)
    {
        var dialect = DialectRegistry.Find(name)!;
        ForAll((first, second) =>
        {
            var history = new RandomHistory("a").AddUser().AddAll(first).Finish();
            if (LastRole(Translate(history.Items, dialect)) == "assistant")
                return;
            // Only what a model and its tools say: messages of users begin a new loop.
            var more = new RandomHistory("b").AddAll(second.Where(n => Math.Abs((long)n) % 16 is 2 or 3 or 5 or 6 or 7 or 8)).Finish();
            ShouldBeginWith(history.Items, more.Items, dialect);
        });
    }

    /// <summary>Bodies of the fixtures, with a few bytes changed, cut, doubled and swapped: most stay JSON and mean something else.</summary>
    [Fact]
    public void No_body_makes_the_reader_or_the_translation_throw()
    {
        var bodies = Directory.GetFiles(RepositoryFiles.Fixture(RequestFixture.Area), "request.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(b => b.Length > 0).ToArray();
        var check = Prop.ForAll(ArbMap.Default.ArbFor<DoNotSize<int>>(), ArbMap.Default.ArbFor<DoNotSize<int>[]>(), (DoNotSize<int> which, DoNotSize<int>[] edits) =>
        {
            var pick = Math.Abs((long)which.Item);
            var body = bodies[(int)(pick % bodies.Length)].ToList();
            foreach (var edit in edits)
                Mutate(body, Math.Abs((long)edit.Item));
            var dialect = DialectRegistry.All[(int)(pick / bodies.Length % DialectRegistry.All.Length)];
            if (ResponsesRequestReader.Read(body.ToArray()) is RequestReading.Read read
                && RequestTranslation.ToChat(read.Request, dialect, "m") is RequestTranslated.Ready ready)
            {
                ChatInvariants.Check(ready.Call);
            }
        });
        Check.One(Often.WithMaxTest(10_000).WithEndSize(8), check);
    }

    private static void Mutate(List<byte> body, long number)
    {
        if (body.Count == 0)
            return;
        var at = (int)(number % body.Count);
        ReadOnlySpan<byte> interesting = "{}[],:\"\\ue0-1.\n\0\x80\xff"u8;
        switch (number % 5)
        {
            case 0:
                body[at] = interesting[(int)(number / 5 % interesting.Length)];
                break;
            case 1:
                body.RemoveAt(at);
                break;
            case 2:
                body.Insert(at, interesting[(int)(number / 5 % interesting.Length)]);
                break;
            case 3:
                (body[at], body[^1]) = (body[^1], body[at]);
                break;
            default:
                body.InsertRange(at, body.Slice(at, Math.Min(20, body.Count - at)));
                break;
        }
    }

    private static bool IsNoTools(int number) => Math.Abs((long)number) % 16 != 15;

    private static void ShouldBeginWith(JsonArray items, JsonArray more, Dialect dialect)
    {
        var before = Messages(Translate(items, dialect));
        JsonArray all = [.. items.Select(i => i!.DeepClone()), .. more.Select(i => i!.DeepClone())];
        Messages(Translate(all, dialect)).ShouldStartWith(before[..^1]);
    }

    /// <summary>The raw JSON of <c>messages</c>.</summary>
    private static string Messages(ChatCall call)
    {
        using var document = JsonDocument.Parse(call.ToUtf8());
        return document.RootElement.GetProperty("messages").GetRawText();
    }

    private static string? LastRole(ChatCall call)
    {
        using var document = JsonDocument.Parse(call.ToUtf8());
        return document.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("role").GetString();
    }

    private static ChatCall Translate(JsonArray items, Dialect dialect)
    {
        var body = new JsonObject
        {
            ["model"] = "m",
            ["instructions"] = "Be exact.",
            ["input"] = items.DeepClone(),
            ["tools"] = new JsonArray(RandomHistory.Tool("tool0"), RandomHistory.Tool("tool1")),
            ["tool_choice"] = "auto",
            ["parallel_tool_calls"] = true,
        };
        var request = ResponsesRequestReader.Read(Encoding.UTF8.GetBytes(body.ToJsonString())).ShouldBeOfType<RequestReading.Read>().Request;
        return RequestTranslation.ToChat(request, dialect, "m").ShouldBeOfType<RequestTranslated.Ready>().Call;
    }

    private static void ForAll(Action<int[]> check) =>
        Check.One(Often, Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), check));

    private static void ForAll(Action<int[], int[]> check) =>
        Check.One(Often, Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), ArbMap.Default.ArbFor<int[]>(), check));
}
