namespace Codex.Gateway.Providers;

/// <summary>Says in a sentence why a provider's models could not be listed, and what to do.</summary>
internal static class ListProblem
{
    public static string Unset(string variable) => $"The environment variable {variable} has no value; set it and start the gateway again.";

    public static string Of(Provider provider, Uri replica, BackendReply reply, TimeSpan waited) => reply switch
    {
        BackendReply.Refused { Status: 401 or 403 } refused => KeyRefused(provider.Key, refused.Status),
        BackendReply.Refused { Status: 404 } => $"Has no list of models at {Address(replica)} (404); BaseUrl usually ends in /v1. Models can still be asked for by name.",
        BackendReply.Refused refused => $"Answered {refused.Status} instead of its list of models at {Address(replica)}.",
        BackendReply.Silent => $"Did not list its models within {waited.TotalSeconds:0.#} s at {Address(replica)}.",
        BackendReply.Unreachable unreachable => $"Cannot be reached at {Address(replica)}: {unreachable.Reason}.",
        _ => $"Answered something else than a list of models at {Address(replica)}; BaseUrl usually ends in /v1.",
    };

    /// <summary>Whether requests would fail for the same reason; a host that hides its list may well serve.</summary>
    public static bool MeetsRequests(Provider provider, BackendReply reply) => reply switch
    {
        BackendReply.Unreachable or BackendReply.Silent => true,
        BackendReply.Refused { Status: 401 or 403 } => provider.Key is not KeySource.ClientBearer,
        BackendReply.Refused { Status: >= 500 } => true,
        _ => false,
    };

    private static string KeyRefused(KeySource key, int status) => key switch
    {
        KeySource.EnvironmentVariable variable => $"Refuses the key in {variable.Name} ({status}); check its value.",
        KeySource.ClientBearer => $"Lists its models only with a key ({status}); name the variable that holds it as ApiKeyEnv.",
        _ => $"Lists its models only with a key ({status}).",
    };

    /// <summary>Without user, password and query, which may be secret.</summary>
    private static string Address(Uri replica) => replica.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
