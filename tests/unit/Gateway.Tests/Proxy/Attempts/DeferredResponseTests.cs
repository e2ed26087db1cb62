using System.Text;
using Codex.Gateway.Proxy.Attempts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Codex.Gateway.Tests.Proxy.Attempts;

public sealed class DeferredResponseTests
{
    [Fact]
    public async Task What_an_attempt_says_that_never_writes_is_nothing_to_the_real_response()
    {
        var (context, real, body) = Real();
        var deferred = DeferredResponse.Install(context);

        context.Response.StatusCode = 500;
        context.Response.Headers["x-attempt"] = "1";
        real.StatusCode.ShouldBe(200, "signs of life may start it at any moment");
        await deferred.SendEventsAsync("data: 1\n\n"u8.ToArray(), CancellationToken.None);
        deferred.BeginAttempt();
        context.Response.StatusCode = 418;
        context.Response.Headers["x-attempt"] = "2";
        await context.Response.Body.WriteAsync("data: 2\n\n"u8.ToArray());

        real.StatusCode.ShouldBe(200);
        real.Headers.ContentType.ToString().ShouldBe("text/event-stream");
        real.Headers.ContainsKey("x-attempt").ShouldBeFalse();
        real.Headers["x-request-id"].ToString().ShouldBe("r");
        Encoding.UTF8.GetString(body.ToArray()).ShouldBe("data: 1\n\ndata: 2\n\n");
    }

    [Fact]
    public async Task The_attempt_that_writes_first_gives_the_response_its_status_and_headers()
    {
        var (context, real, _) = Real();
        var deferred = DeferredResponse.Install(context);

        context.Response.Headers["x-attempt"] = "1";
        deferred.BeginAttempt();
        context.Response.StatusCode = 201;
        context.Response.Headers["x-other"] = "2";
        await context.Response.Body.WriteAsync("x"u8.ToArray());

        deferred.IsSent.ShouldBeTrue();
        real.StatusCode.ShouldBe(201);
        real.Headers.ContainsKey("x-attempt").ShouldBeFalse();
        real.Headers["x-other"].ToString().ShouldBe("2");
    }

    private static (HttpContext Context, IHttpResponseFeature Real, MemoryStream Body) Real()
    {
        var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        context.Response.Headers["x-request-id"] = "r";
        return (context, context.Features.GetRequiredFeature<IHttpResponseFeature>(), body);
    }
}
