using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Codex.Gateway.Models;
using Codex.Gateway.Providers;
using Codex.Gateway.Warmth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using static Codex.Gateway.Tests.Providers.Snapshots;

namespace Codex.Gateway.Tests.Models;

public sealed class ModelsEndpointTests : IAsyncLifetime
{
    private readonly ProviderDirectory _directory = new();
    private readonly HttpClient _client = new();
    private WebApplication? _app;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddLogging().AddSingleton(_directory).AddSingleton(TimeProvider.System).AddProviders().AddWarmth().AddModels();
        _app = builder.Build();
        _app.UseRouting();
        _app.MapModels();
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.First());
        _directory.Update(_ => Of(Configured("lab", "org/own", "shared"), Discovered("ollama", "shared"), Embedded()));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app!.DisposeAsync();
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/v1/models?client_version=0.169.0")]
    public async Task The_list_is_for_openai_and_codex_at_once(string path)
    {
        var list = JsonNode.Parse(await _client.GetStringAsync(path))!;

        list["data"]!.AsArray().Select(m => (string)m!["id"]!).ShouldBe(["org/own", "lab/shared", "ollama/shared", "demo"]);
        list["models"]!.AsArray().Select(m => (string)m!["slug"]!).ShouldBe(["org/own", "lab/org/own", "lab/shared", "ollama/shared", "demo", "demo/demo"]);
    }

    [Fact]
    public async Task A_list_that_has_not_changed_is_not_sent_again()
    {
        using var first = await _client.GetAsync("/v1/models");
        (await Ask(first.Headers.ETag!)).ShouldBe(HttpStatusCode.NotModified);
        (await Ask(new EntityTagHeaderValue(first.Headers.ETag!.Tag, isWeak: true))).ShouldBe(HttpStatusCode.NotModified);
        (await Ask(new EntityTagHeaderValue("\"other\""))).ShouldBe(HttpStatusCode.OK);

        _directory.Update(s => s with { Providers = s.Providers.RemoveAt(1) });
        (await Ask(first.Headers.ETag!)).ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> Ask(EntityTagHeaderValue held)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
            request.Headers.IfNoneMatch.Add(held);
            using var response = await _client.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData("org/own", "lab")]
    [InlineData("lab/org/own", "lab")]
    [InlineData("lab%2Forg%2Fown", "lab")]
    [InlineData("ollama/shared", "ollama")]
    [InlineData("demo", "demo")]
    public async Task One_model_can_be_asked_for_by_any_of_its_names(string name, string owner)
    {
        var model = JsonNode.Parse(await _client.GetStringAsync($"/v1/models/{name}"))!;

        ((string?)model["id"]).ShouldBe(Uri.UnescapeDataString(name));
        ((string?)model["object"]).ShouldBe("model");
        ((string?)model["owned_by"]).ShouldBe(owner);
    }

    [Theory]
    [InlineData("/v1/models", HttpStatusCode.OK)]
    [InlineData("/v1/models/demo", HttpStatusCode.OK)]
    [InlineData("/v1/models/nobody", HttpStatusCode.NotFound)]
    public async Task Head_tells_what_get_would_without_a_body(string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var response = await _client.SendAsync(request);

        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        response.Content.Headers.ContentLength.ShouldNotBeNull().ShouldBeGreaterThan(0);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("shared", "lab/shared, ollama/shared")]
    [InlineData("org/owm", "org/own")]
    [InlineData("lab/hidden", "lab/shared")]
    public async Task A_name_that_is_not_offered_is_not_found_and_others_are_named(string name, string named)
    {
        using var response = await _client.GetAsync($"/v1/models/{name}");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        ((string?)error["code"]).ShouldBe("model_not_found");
        ((string?)error["message"])!.ShouldContain(named);
    }
}
