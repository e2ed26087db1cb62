using System.Collections.Immutable;
using System.Net;
using System.Text;
using Codex.Agent.Client;

namespace Codex.Agent.Tests.Client;

/// <summary>What a server that refuses the key makes the client do.</summary>
public sealed class RefusedKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("key");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("key-1", "key-1,key-2", "Completed")]
    [InlineData("key-1 key-2 key-3", "key-1,key-2", "Failed")]
    [InlineData("none", "key-1", "Completed")]
    public async Task A_key_of_a_program_is_made_anew_once(string refused, string asked, string end)
    {
        Skip.If(OperatingSystem.IsWindows(), "skipped, because the script is for sh");
        using var program = new KeyProgram(
            "/bin/sh", ["-c", "echo x >> runs; echo key-$(wc -l < runs)"], _folder.FullName,
            ImmutableDictionary<string, string>.Empty.Add("PATH", "/usr/bin:/bin"), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeProvider.System);

        await AskAsync(new ModelEndpoint(new Uri("http://127.0.0.1:9/v1"), "test") { KeyProgram = program }, refused, asked, end);
    }

    [Fact]
    public async Task A_key_of_a_variable_is_tried_once() =>
        await AskAsync(new ModelEndpoint(new Uri("http://127.0.0.1:9/v1"), "test") { Key = () => "fixed" }, "fixed", "fixed", "Failed");

    [Fact]
    public async Task Without_its_program_nothing_is_asked()
    {
        using var program = new KeyProgram(
            "/nowhere/at-all", [], _folder.FullName, ImmutableDictionary<string, string>.Empty, TimeSpan.FromMinutes(1), TimeSpan.Zero, TimeProvider.System);

        await AskAsync(new ModelEndpoint(new Uri("http://127.0.0.1:9/v1"), "test") { KeyProgram = program }, "none", "", "Failed");
    }

    private static async Task AskAsync(ModelEndpoint endpoint, string refused, string asked, string end)
    {
        using var server = new KeyServer(refused.Split(' '));
        using var http = new HttpMessageInvoker(server);

        var told = new List<ModelEvent>();
        await foreach (var e in new ResponsesClient(http, endpoint, TimeProvider.System).AskAsync("{}"u8.ToArray(), new RequestIdentity("t", "o", "1"), CancellationToken.None))
            told.Add(e);

        string.Join(',', server.Asked).ShouldBe(asked);
        told[^1].GetType().Name.ShouldBe(end);
    }

    private sealed class KeyServer(string[] refused) : HttpMessageHandler
    {
        public List<string?> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var key = request.Headers.Authorization?.Parameter;
            Asked.Add(key);
            return Task.FromResult(refused.Contains(key, StringComparer.Ordinal)
                ? new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent("{}") }
                : new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent(
                        """data: {"type":"response.completed","response":{"id":"r"}}""" + "\n\n", Encoding.UTF8, "text/event-stream"),
                });
        }
    }
}
