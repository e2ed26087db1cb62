using Codex.Agent.Events;
using Codex.Agent.Tools.UpdatePlan;
using Codex.Agent.Tools.ViewImage;

namespace Codex.Agent.Tests.Tools;

public sealed class PlanAndImageTests : IDisposable
{
    private static readonly byte[] Dot = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_plan_is_one_list_for_each_turn()
    {
        var tool = new UpdatePlanTool();

        (await _bench.TextAsync(tool, """{"plan":[{"step":"a","status":"in_progress"},{"step":"b","status":"pending"}]}""")).ShouldBe("Plan updated");
        await _bench.TextAsync(tool, """{"explanation":"x","plan":[{"step":"a","status":"completed"},{"step":"b","status":"in_progress"}]}""");
        _bench.NextTurn();
        await _bench.TextAsync(tool, """{"todos":["c",{"content":"d","status":"done"}]}""");

        _bench.Events.Select(Told).ShouldBe(["started item_0: [ ] a, [ ] b", "updated item_0: [x] a, [ ] b", "started item_1: [ ] c, [x] d"]);
    }

    [Fact]
    public async Task A_plan_without_steps_is_told()
    {
        (await _bench.CallAsync(new UpdatePlanTool(), """{"plan":[]}""")).IsSuccess.ShouldBeFalse();

        _bench.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_image_becomes_a_data_url_by_what_is_in_it()
    {
        File.WriteAllBytes(Path.Combine(_bench.Directory, "dot.txt"), Dot);

        var result = await _bench.CallAsync(new ViewImageTool(takesImages: true), """{"path":"dot.txt"}""");

        result.Content.ShouldHaveSingleItem().ShouldBeOfType<Codex.Agent.Tools.ToolContent.Image>().DataUrl.ShouldBe(
            "data:image/png;base64," + Convert.ToBase64String(Dot));
    }

    [Theory]
    [InlineData("none.png", "unable to locate image at `DIR/none.png`: No such file or directory (os error 2)")]
    [InlineData("text.png", "unable to process image: invalid or unsupported image data")]
    [InlineData(".", "image path `DIR` is not a file")]
    [InlineData("large.png", "unable to process image: it has 10485761 bytes, the limit is 10485760. Make a smaller copy and view that.")]
    public async Task What_is_no_image_is_told(string path, string expected)
    {
        _bench.Write("text.png", "text");
        using (var large = File.Create(Path.Combine(_bench.Directory, "large.png")))
            large.SetLength(10 * 1024 * 1024 + 1);

        (await _bench.TextAsync(new ViewImageTool(takesImages: true), $$"""{"path":"{{path}}"}""")).ShouldBe(expected);
    }

    [Fact]
    public async Task A_model_of_text_only_is_told_so()
    {
        File.WriteAllBytes(Path.Combine(_bench.Directory, "dot.png"), Dot);

        (await _bench.TextAsync(new ViewImageTool(takesImages: false), """{"path":"dot.png"}""")).ShouldStartWith("This model takes text only");
    }

    private static string Told(AgentEvent told)
    {
        var (verb, item) = told switch
        {
            AgentEvent.ItemStarted started => ("started", started.Item),
            AgentEvent.ItemUpdated updated => ("updated", updated.Item),
            _ => throw new NotSupportedException(),
        };
        var list = item.ShouldBeOfType<ThreadItem.TodoList>();
        return $"{verb} {list.Id}: {string.Join(", ", list.Items.Select(i => $"[{(i.Completed ? 'x' : ' ')}] {i.Text}"))}";
    }
}
