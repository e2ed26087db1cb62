using Codex.Gateway.Proxy;
using Microsoft.AspNetCore.Http;

namespace Codex.Gateway.Tests.Proxy;

public sealed class ClientKindTests
{
    [Theory]
    [InlineData("codex_exec", null, ClientKind.Codex)]
    [InlineData(null, "codex_exec/0.169.0 (Debian 12.0.0; x86_64) xterm", ClientKind.Codex)]
    [InlineData(null, "codex-tui/0.128.0", ClientKind.Codex)]
    [InlineData(null, "OpenAI/JS 7.55.0", ClientKind.Other)]
    [InlineData(null, "codexish", ClientKind.Other)]
    [InlineData(null, "codex-gateway/0.1.0", ClientKind.Other)]
    [InlineData(null, null, ClientKind.Other)]
    public void Codex_is_known_by_its_originator_or_agent_and_another_gateway_is_not_Codex(string? originator, string? agent, ClientKind expected)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["originator"] = originator;
        request.Headers.UserAgent = agent;

        ClientKinds.Of(request).ShouldBe(expected);
    }
}
