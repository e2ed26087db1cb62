using System.Text;
using System.Text.Json.Nodes;
using Codex.Gateway.Demo;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Gateway.Tests.Demo;

/// <summary>Each directory of fixtures/demo: <c>request.json</c> is answered by exactly <c>reply.json</c>, streamed or not.</summary>
public sealed class DemoModelTests
{
    private const long Created = 1_700_000_000;

    private static readonly string Fixtures = Path.Combine(RepositoryRoot(), "fixtures", "demo");

    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(Fixtures).Select(directory => Path.GetFileName(directory)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_request_gets_the_whole_reply(string name)
    {
        var script = DemoModel.Answer(Request(name), Created);

        Same(JsonNode.Parse(script.BodyText())!, Reply(name));
        script.TotalPause().ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_streamed_reply_says_the_same_in_a_short_time(string name)
    {
        var request = JsonNode.Parse(Request(name))!;
        request["stream"] = true;
        request["stream_options"] = new JsonObject { ["include_usage"] = true };

        var script = DemoModel.Answer(Bytes(request), Created);

        var whole = Reply(name);
        if (whole["error"] is not null)
        {
            Same(JsonNode.Parse(script.BodyText())!, whole);
            return;
        }

        script.Steps[0].ShouldBe(script.Steps.OfType<ScriptStep.SendHead>().Single());
        Same(Folded(script.BodyText()), whole);
        script.TotalPause().ShouldBeInRange(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Usage_is_streamed_only_when_asked_for()
    {
        var script = DemoModel.Answer("""{"model":"demo","stream":true,"messages":[{"role":"user","content":"hi"}]}"""u8.ToArray(), Created);

        script.BodyText().ShouldNotContain("\"usage\"");
        script.BodyText().ShouldEndWith("data: [DONE]\n\n");
    }

    [Theory]
    [InlineData("""{"model":"other","messages":[{"role":"user","content":"hi"}]}""", 404, "model_not_found")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}]}""", 400, "'model' must be a string.")]
    [InlineData("""{"model":"demo","messages":"hi"}""", 400, "'messages' must be an array")]
    [InlineData("""{"model":"demo","messages":[7]}""", 400, "with a 'role'")]
    [InlineData("""["demo"]""", 400, "must be a JSON object")]
    [InlineData("{\n\"model\":demo}", 400, "line 2, byte 9")]
    public void A_request_it_cannot_serve_gets_an_error_that_says_why(string body, int status, string words)
    {
        var script = DemoModel.Answer(Encoding.UTF8.GetBytes(body), Created);

        script.Steps.OfType<ScriptStep.SendHead>().Single().Status.ShouldBe(status);
        script.BodyText().ShouldContain(words);
    }

    [Fact]
    public void A_conversation_longer_than_the_window_is_refused()
    {
        var text = new string('x', DemoModel.ContextLength * 4);

        var fits = DemoModel.Answer(Encoding.UTF8.GetBytes($$"""{"model":"demo","messages":[{"role":"user","content":"{{text}}"}]}"""), Created);
        var tooLong = DemoModel.Answer(Encoding.UTF8.GetBytes($$"""{"model":"demo","messages":[{"role":"user","content":"{{text}}x"}]}"""), Created);

        fits.Steps.OfType<ScriptStep.SendHead>().Single().Status.ShouldBe(200);
        tooLong.Steps.OfType<ScriptStep.SendHead>().Single().Status.ShouldBe(400);
        tooLong.BodyText().ShouldContain("context_length_exceeded");
    }

    [Theory]
    [InlineData("show ")]
    [InlineData("show git ")]
    [InlineData("create ")]
    [InlineData("run x and ")]
    [InlineData("list files in ")]
    [InlineData("<a>b</a> ")]
    [InlineData("<a>")]
    public void A_very_long_prompt_of_words_it_looks_for_gets_an_answer(string words)
    {
        var prompt = string.Concat(Enumerable.Repeat(words, 120_000 / words.Length));

        var script = DemoModel.Answer(Encoding.UTF8.GetBytes($$"""{"model":"demo","messages":[{"role":"user","content":"{{prompt}}"}]}"""), Created);

        script.Steps.OfType<ScriptStep.SendHead>().Single().Status.ShouldBe(200);
    }

    private static JsonObject Folded(string body)
    {
        body.ShouldEndWith("data: [DONE]\n\n");
        var content = new StringBuilder();
        var calls = new List<JsonObject>();
        JsonObject? last = null;
        string? finish = null;
        foreach (var line in body.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)))
        {
            last = JsonNode.Parse(line["data: ".Length..])!.AsObject();
            last["object"]!.GetValue<string>().ShouldBe("chat.completion.chunk");
            if (last["choices"]!.AsArray() is not [{ } choice])
                continue;
            finish = choice["finish_reason"]?.GetValue<string>();
            content.Append(choice["delta"]!["content"]?.GetValue<string>());
            foreach (var fragment in choice["delta"]!["tool_calls"]?.AsArray() ?? [])
            {
                var index = fragment!["index"]!.GetValue<int>();
                if (index == calls.Count)
                {
                    fragment.AsObject().Remove("index");
                    calls.Add(fragment.DeepClone().AsObject());
                    continue;
                }

                var function = calls[index]["function"]!;
                function["arguments"] = function["arguments"]!.GetValue<string>() + fragment["function"]!["arguments"]!.GetValue<string>();
            }
        }

        var message = new JsonObject { ["role"] = "assistant", ["content"] = content.ToString() };
        if (calls.Count > 0)
            message["tool_calls"] = new JsonArray([.. calls]);
        last!["object"] = "chat.completion";
        last["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = finish });
        return last;
    }

    private static byte[] Request(string name) => File.ReadAllBytes(Path.Combine(Fixtures, name, "request.json"));

    private static JsonNode Reply(string name) => JsonNode.Parse(File.ReadAllBytes(Path.Combine(Fixtures, name, "reply.json")))!;

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private static void Same(JsonNode actual, JsonNode expected) =>
        JsonNode.DeepEquals(actual, expected).ShouldBeTrue($"expected {expected.ToJsonString()}\nbut got {actual.ToJsonString()}");

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Codex.sln")))
            directory = directory.Parent;
        return directory.FullName;
    }
}
