using System.Text.Json;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Contract.Tests.StockClients;

/// <summary>What goes in beside text: pictures, a schema for the answer, reasoning of earlier turns.</summary>
public sealed class CodexInputTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private const string Thought = "First I should look around.";

    /// <summary>One red pixel.</summary>
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC");

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task A_picture_of_the_prompt_reaches_the_backend_as_a_data_url(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(Answers.Text("Red."));

        var outcome = (await stage.PlayAsync(stage.Run(version, "Which colour?") with { Arguments = ["-i", stage.Home.AddFile("pixel.png", Png)] })).ShouldSucceed();

        outcome.Messages.ShouldBe(["Red."], outcome.Report());
        var asked = stage.Asked.ShouldHaveSingleItem();
        ChatAsked.Images(asked.Last("user")).ShouldHaveSingleItem().ShouldStartWith("data:image/png;base64,");
        ChatAsked.Text(asked.Last("user")).ShouldContain("Which colour?");
    }

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task An_output_schema_binds_the_backend_and_the_answer_is_JSON(string version)
    {
        const string schema = """{"type":"object","properties":{"answer":{"type":"string"}},"required":["answer"],"additionalProperties":false}""";
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(Answers.Text("""{"answer":"forty two"}"""));

        var outcome = (await stage.PlayAsync(stage.Run(version) with
        {
            Arguments = ["--output-schema", stage.Home.AddFile("schema.json", System.Text.Encoding.UTF8.GetBytes(schema))],
        })).ShouldSucceed();

        JsonElement.Parse(outcome.Messages.Single()).GetProperty("answer").GetString().ShouldBe("forty two");
        var format = stage.Asked.ShouldHaveSingleItem().Json.GetProperty("response_format");
        format.GetProperty("type").GetString().ShouldBe("json_schema");
        JsonElement.DeepEquals(format.GetProperty("json_schema").GetProperty("schema"), JsonElement.Parse(schema)).ShouldBeTrue(format.GetRawText());
    }

    [SkippableTheory]
    [InlineData("0.169.0", "vllm", "reasoning", "reasoning")]
    [InlineData("0.131.0", "vllm", "reasoning", "reasoning")]
    [InlineData("0.128.0", "vllm", "reasoning", "reasoning")]
    [InlineData("0.169.0", "deepseek", "reasoning_content", "reasoning_content")]
    [InlineData("0.169.0", "groq", "reasoning", null)]
    [InlineData("0.169.0", "generic", "reasoning_content", null)]
    public async Task Reasoning_is_shown_and_goes_back_only_in_the_field_the_backend_takes(string version, string dialect, string sent, string? replayed)
    {
        await using var stage = await CodexStage.StartAsync(packages, dialect);
        stage.Answering(
            Answers.WithCalls(new ChatStreamBuilder().Role().Reasoning(sent, "First I should ", "look around."), Answers.Shell("call_look", "echo seen"))
                .Finish("tool_calls").Done().ToScript(),
            Answers.Text("I looked."));

        var outcome = (await stage.PlayAsync(stage.Run(version))).ShouldSucceed();

        outcome.Items("reasoning").Select(item => item.GetProperty("text").GetString()).ShouldBe([Thought], outcome.Report());
        var assistant = stage.Asked[1].Last("assistant");
        foreach (var field in new[] { "reasoning", "reasoning_content" })
        {
            if (field == replayed)
                assistant.GetProperty(field).GetString().ShouldBe(Thought);
            else
                assistant.TryGetProperty(field, out _).ShouldBeFalse(assistant.GetRawText());
        }

        assistant.GetProperty("tool_calls")[0].GetProperty("id").GetString().ShouldBe("call_look");
    }
}
