using System.Net;
using System.Text.Json;
using Codex.Gateway.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Codex.Gateway.Tests.Keys;

public sealed class AdminAccessTests
{
    public static TheoryData<string?, string?, string?, bool> Callers => new()
    {
        { "127.0.0.1", null, null, true },
        { "::1", null, null, true },
        { "::ffff:127.0.0.1", null, null, true },
        { null, null, null, true },
        { "192.0.2.7", null, null, false },
        { "127.0.0.1", "X-Forwarded-For", "192.0.2.7", false },
        { "127.0.0.1", "X-Forwarded-For", "127.0.0.1", false },
        { "127.0.0.1", "Forwarded", "for=192.0.2.7", false },
        { "127.0.0.1", "Via", "1.1 proxy", false },
        { "127.0.0.1", "X-Real-IP", "192.0.2.7", false },
        { "127.0.0.1", "X-Original-For", "127.0.0.1:4000", false },
    };

    [Theory]
    [MemberData(nameof(Callers))]
    public void A_program_of_this_machine_is_one_that_no_proxy_forwarded(string? address, string? header, string? value, bool isLocal)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        if (header is not null)
            context.Request.Headers[header] = value;

        LocalCaller.Is(context).ShouldBe(isLocal);
    }

    [Theory]
    [InlineData("192.0.2.7", "/admin/test", 403)]
    [InlineData("127.0.0.1", "/admin/test", 200)]
    [InlineData("192.0.2.7", "/open", 200)]
    public async Task Only_admin_endpoints_are_closed_to_others(string address, string path, int status)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddKeys(isReachable: false);
        await using var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(address);
            return next(context);
        });
        app.UseRouting();
        app.UseMiddleware<AccessMiddleware>();
        app.MapGet("/admin/test", () => "done").RequireAdmin();
        app.MapGet("/open", () => "done");
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var response = await client.GetAsync(path);

        ((int)response.StatusCode).ShouldBe(status);
        var body = await response.Content.ReadAsStringAsync();
        if (status == 200)
        {
            body.ShouldBe("done");
            return;
        }

        using var json = JsonDocument.Parse(body);
        var error = json.RootElement.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("admin_only");
        error.GetProperty("message").GetString()!.ShouldStartWith("/admin/test is for administrators");
    }
}
