using System.Net;
using System.Text;
using System.Text.Json;
using Codex.Gateway.Demo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Codex.Gateway.Tests.Demo;

public sealed class DemoHandlerTests
{
    private const string Prompt = """{"model":"demo","stream":true,"messages":[{"role":"user","content":"hello"}]}""";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_chat_request_is_answered_without_a_port()
    {
        using var client = new HttpClient(new DemoHandler(new ScriptedTime(firing: true)));

        using var response = await client.PostAsync(DemoHandler.BaseUrl + "/chat/completions", new StringContent(Prompt));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await response.Content.ReadAsStringAsync()).ShouldBe(DemoModel.Answer(Encoding.UTF8.GetBytes(Prompt), 0).BodyText());
    }

    [Fact]
    public async Task Pauses_follow_the_given_clock()
    {
        var time = new ScriptedTime(firing: true);
        using var client = new HttpClient(new DemoHandler(time));

        using var response = await client.PostAsync(DemoHandler.BaseUrl + "/chat/completions", new StringContent(Prompt));

        var script = DemoModel.Answer(Encoding.UTF8.GetBytes(Prompt), 0);
        time.Waited.ShouldBe(script.TotalPause());
    }

    [Fact]
    public async Task What_comes_before_a_pause_arrives_before_it_and_a_cancelled_read_ends_it()
    {
        using var invoker = new HttpMessageInvoker(new DemoHandler(new ScriptedTime(firing: false)));
        using var response = await invoker.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, DemoHandler.BaseUrl + "/chat/completions") { Content = new StringContent(Prompt) },
            CancellationToken.None);
        await using var body = await response.Content.ReadAsStreamAsync();
        using var leaving = new CancellationTokenSource();
        var buffer = new byte[4096];

        var count = await body.ReadAsync(buffer).AsTask().WaitAsync(Limit);
        var next = body.ReadAsync(buffer, leaving.Token).AsTask();

        Encoding.UTF8.GetString(buffer, 0, count).ShouldContain("\"role\":\"assistant\"");
        next.IsCompleted.ShouldBeFalse();
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(next.WaitAsync(Limit));
    }

    [Fact]
    public async Task The_model_list_names_demo_and_its_window()
    {
        using var client = new HttpClient(new DemoHandler(TimeProvider.System));

        using var models = JsonDocument.Parse(await client.GetStringAsync(DemoHandler.BaseUrl + "/models"));

        var model = models.RootElement.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        model.GetProperty("id").GetString().ShouldBe("demo");
        model.GetProperty("context_length").GetInt32().ShouldBe(DemoModel.ContextLength);
    }

    [Theory]
    [InlineData("GET", "/chat/completions")]
    [InlineData("POST", "/models")]
    [InlineData("POST", "/responses")]
    public async Task Anything_else_is_not_found(string method, string path)
    {
        using var client = new HttpClient(new DemoHandler(TimeProvider.System));

        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), DemoHandler.BaseUrl + path));

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).ShouldContain("invalid_request_error");
    }

    [Fact]
    public async Task The_forwarder_of_the_gateway_can_use_it_as_an_upstream()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHttpForwarder();
        await using var app = builder.Build();
        using var upstream = new HttpMessageInvoker(new DemoHandler(new ScriptedTime(firing: true)));
        app.MapPost("/chat/completions", async (HttpContext context, IHttpForwarder forwarder) =>
        {
            await forwarder.SendAsync(context, DemoHandler.BaseUrl, upstream);
        });
        await app.StartAsync();
        using var client = new HttpClient { Timeout = Limit };

        using var response = await client.PostAsync(app.Urls.Single() + "/chat/completions", new StringContent(Prompt));

        (await response.Content.ReadAsStringAsync()).ShouldBe(DemoModel.Answer(Encoding.UTF8.GetBytes(Prompt), 0).BodyText());
    }
}
