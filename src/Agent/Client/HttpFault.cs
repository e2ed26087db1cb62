using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;

namespace Codex.Agent.Client;

/// <summary>What an HTTP error, or a connection that was not made, means for the turn.</summary>
internal static class HttpFault
{
    private const int LongestMessage = 1000;

    public static ModelFault Read(HttpResponseMessage response, string body, ModelEndpoint endpoint, TimeProvider time)
    {
        var status = (int)response.StatusCode;
        var (message, code) = ReadBody(body);
        var told = message.Length == 0 ? "" : ": " + message;
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
            _ => ResponseFault.WaitIn(message),
        };
        return status switch
        {
            _ when code == "context_length_exceeded" => new ModelFault.ContextTooLong(message),
            400 or 422 => new ModelFault.Fatal(message.Length == 0 ? $"the server answered {status} without a message" : message),
            401 or 403 => new ModelFault.Fatal($"the server answered {status}{told} {KeyAdvice(endpoint)}"),
            402 => new ModelFault.Fatal($"Quota exceeded. Check your plan and billing details.{(message.Length == 0 ? "" : $" ({message})")}"),
            404 => new ModelFault.Fatal(message.Length == 0 ? $"nothing answers at {endpoint.Address("/responses").GetLeftPart(UriPartial.Path)}; check base_url" : message),
            429 when code == "insufficient_quota" => new ModelFault.Fatal($"Quota exceeded. Check your plan and billing details. ({message})"),
            429 or 503 when wait is not null => new ModelFault.Busy(string.Create(CultureInfo.InvariantCulture, $"the server answered {status}{told}"), wait),
            >= 500 => new ModelFault.Broken(string.Create(CultureInfo.InvariantCulture, $"the server answered {status}{told}")),
            408 or 429 => new ModelFault.Busy(string.Create(CultureInfo.InvariantCulture, $"the server answered {status}{told}"), Wait: null),
            _ => new ModelFault.Fatal(string.Create(CultureInfo.InvariantCulture, $"the server answered {status}{told}")),
        };
    }

    public static string Describe(HttpRequestException error, Uri address)
    {
        var place = address.GetLeftPart(UriPartial.Authority);
        return error switch
        {
            { HttpRequestError: HttpRequestError.NameResolutionError } => $"the host name of {place} is not known",
            { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => $"nothing listens at {place}",
            { HttpRequestError: HttpRequestError.SecureConnectionError } => $"no secure connection to {place} could be made",
            _ => $"{place} cannot be reached",
        };
    }

    private static string KeyAdvice(ModelEndpoint endpoint) => endpoint switch
    {
        { KeyVariable: { } variable } => $"Check the key in {variable}.",
        { KeyProgram: not null } => "Check the program in auth of the provider.",
        _ => "It wants a key; set env_key for the provider.",
    };

    private static (string Message, string? Code) ReadBody(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out var error))
            {
                return error.ValueKind == JsonValueKind.Object
                    ? (Text(error, "message") ?? error.GetRawText(), Text(error, "code"))
                    : (error.ToString(), null);
            }

            return (root.ValueKind == JsonValueKind.Object ? Text(root, "message") ?? Text(root, "detail") ?? Shortened(body) : Shortened(body), null);
        }
        catch (JsonException)
        {
            return (Shortened(body.Trim()), null);
        }
    }

    private static string Shortened(string text) => text.Length <= LongestMessage ? text : string.Concat(text.AsSpan(0, LongestMessage), "…");

    private static string? Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
