using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Codex.Agent.Client;
using Codex.Agent.Configuration;
using Codex.Agent.Models;
using Codex.Agent.Threads;

namespace Codex.Agent.Doctor.Checks;

/// <summary>Where a turn would ask which model, whether anybody answers there, and with which key.</summary>
internal static class ModelCheck
{
    private const int MostNamed = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async IAsyncEnumerable<Finding> FindAsync(Examination examination, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (examination.Settings is not { } settings)
            yield break;
        var (handler, problem) = ServerConnection.Create(settings.Variable(ServerConnection.AuthoritiesVariable));
        if (handler is null)
        {
            yield return new("E04", problem!);
            yield break;
        }

        using var http = new HttpMessageInvoker(handler);
        var choice = await ModelChoice.MakeAsync(settings, http, examination.Time, cancellation);
        if (choice is not ModelChoice.Made made)
        {
            yield return new("E04", ((ModelChoice.Failed)choice).Message);
            yield break;
        }

        await using var own = made.Own;
        yield return new("I10", own is null
            ? $"the provider is '{made.Endpoint.ProviderId}' at {Shown(made.Endpoint.BaseUrl)}"
            : "no provider is configured and no gateway runs: each run starts a codex-gateway of its own, which works");
        yield return new("I11", Key(made.Endpoint));
        var fault = await AskAsync(http, made.Endpoint, examination.Time, cancellation);
        if (fault is not null)
            yield return fault;
        if (fault?.Severity != Severity.Error)
        {
            var listed = await ModelList.AskAsync(http, made.Endpoint, examination.Time, cancellation);
            foreach (var finding in Window(made.Model, listed, settings))
                yield return finding;
        }
    }

    private static IEnumerable<Finding> Window(ModelProfile model, IReadOnlyList<ModelMetadata> listed, AgentSettings settings)
    {
        yield return new("I12", $"the model is {model.Slug}{(settings.Model is null ? ", the first that the server offers" : "")}");
        if (listed.Count > 0 && !listed.Any(m => m.Slug.Equals(model.Slug, StringComparison.OrdinalIgnoreCase)))
            yield return new("W12", $"the server does not list {model.Slug}", $"it lists {string.Join(", ", listed.Take(MostNamed).Select(m => m.Slug))}{(listed.Count > MostNamed ? " and more" : "")}");
        if (model.WindowIsAssumed)
            yield return new("W05", $"the context window of {model.Slug} is not known; {ModelProfile.AssumedWindow} tokens are assumed", "set model_context_window in config.toml");
        else
            yield return new("I13", $"its context window is {model.Window} tokens{(settings.Overrides.Window is null ? "" : ", as the configuration says")}");
    }

    private static string Key(ModelEndpoint endpoint) => endpoint switch
    {
        { KeyProgram: not null } => "the key comes from a program",
        { KeyVariable: { } variable } when endpoint.Key() is not null => $"the key comes from the variable {variable}, which is set",
        { KeyVariable: { } variable } => $"no key is sent: the variable {variable} is not set",
        _ when endpoint.Key() is not null => "the key comes from a file",
        _ => "no key is sent",
    };

    /// <returns>What is wrong with it; null when it lists its models.</returns>
    private static async Task<Finding?> AskAsync(HttpMessageInvoker http, ModelEndpoint endpoint, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, endpoint.Address("/models"));
            foreach (var (name, value) in endpoint.Headers)
                request.Headers.TryAddWithoutValidation(name, value);
            switch (await endpoint.FindKeyAsync(either.Token))
            {
                case KeyFound.Failed failed:
                    return new("E05", failed.Reason);
                case KeyFound.Known { Key: { } key }:
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
                    break;
            }

            using var response = await http.SendAsync(request, either.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(
                    "E05", $"{Shown(endpoint.BaseUrl)} refuses the key ({(int)response.StatusCode})", endpoint.KeyVariable is { } variable ? $"check what {variable} holds" : "check where the key comes from"),
                _ when response.IsSuccessStatusCode => null,
                var status => new("W06", $"{Shown(endpoint.BaseUrl)} does not list its models ({(int)status})", "name the model and its window: model and model_context_window in config.toml"),
            };
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            var why = error is HttpRequestException ? error.Message.TrimEnd('.') : "no answer in time";
            return new("E06", $"{Shown(endpoint.BaseUrl)} cannot be reached: {why}", "start the server, or correct base_url in config.toml; codex-config doctor --network tells more");
        }
    }

    /// <summary>Without what may be secret in an address.</summary>
    private static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
