using System.Collections.Immutable;
using Codex.Gateway.Providers;
using static Codex.Gateway.Tests.Providers.Snapshots;

namespace Codex.Gateway.Tests.Providers;

public class ClientModelTests
{
    [Fact]
    public void A_model_is_listed_once_by_its_shortest_working_name()
    {
        var aliased = Configured("host", "org/model", "shared").With(p => p with
        {
            Aliases = ImmutableDictionary<string, string>.Empty.Add("fast", "org/model"),
        });
        var tagged = Discovered("ollama", "shared") with
        {
            Models = [new ProviderModel("llama3:latest") { OtherNames = ["llama3"] }, new ProviderModel("shared")],
        };
        var snapshot = Of(Embedded(), tagged, aliased).WithModel("main", new ModelSettings("host/org/model"));

        var names = ClientModel.AllOf(snapshot).Select(m => (m.IsListed ? "" : "(") + m.Name + (m.IsListed ? "" : ")"));

        names.ShouldBe([
            "main",
            "fast", "(host/fast)", "org/model", "(host/org/model)", "host/shared",
            "llama3:latest", "(ollama/llama3:latest)", "(llama3)", "(ollama/llama3)", "ollama/shared",
            "demo", "(demo/demo)",
        ]);
    }

    [Fact]
    public void Every_name_resolves_to_the_model_it_stands_for()
    {
        // The provider "org" shadows the bare name "org/model" that "host" lists.
        var snapshot = Of(Configured("host", "org/model", "plain"), Configured("org", "model", "plain"), Embedded())
            .WithModel("plain", new ModelSettings("org/plain"))
            .WithModel("dangling", new ModelSettings("nothing"));

        foreach (var model in ClientModel.AllOf(snapshot))
            ModelResolver.Resolve(snapshot, model.Name).ShouldBe(model.Target);

        ClientModel.AllOf(snapshot).Where(m => m.IsListed).Select(m => m.Name)
            .ShouldBe(["plain", "host/org/model", "host/plain", "model", "demo"]);
    }
}
