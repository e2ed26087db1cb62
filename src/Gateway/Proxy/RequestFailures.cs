using System.Globalization;
using Codex.Gateway.Compression;
using Codex.Gateway.Providers;
using Codex.Translation.Responses;

namespace Codex.Gateway.Proxy;

/// <summary>Failures found before a backend was asked.</summary>
internal static class RequestFailures
{
    public static readonly Failure Stopping = new(
        FailureKind.Stopping, StatusCodes.Status503ServiceUnavailable, "The gateway is being stopped; send the request again.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static Failure Explain(RequestFault fault)
    {
        var place = fault is { Line: { } line, Column: { } column } && !fault.Message.Contains("line ", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $" (line {line}, column {column})")
            : "";
        return new Failure(FailureKind.InvalidRequest, StatusCodes.Status400BadRequest, fault.Message + place) { Code = fault.Code, Param = fault.Param };
    }

    public static Failure TooLarge(int maxBytes) => new(
        FailureKind.InvalidRequest,
        StatusCodes.Status413PayloadTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The request body is larger than {maxBytes} bytes; MaxBodyBytes in the gateway's configuration is the limit."))
    {
        Code = "request_too_large",
    };

    public static Failure UnknownEncoding(BodyDecompressed.Unsupported found) => new(
        FailureKind.InvalidRequest,
        StatusCodes.Status415UnsupportedMediaType,
        $"The request body's Content-Encoding is not known: {found.Encoding}. There are: {BodyDecompressed.Unsupported.Supported}.")
    {
        Code = "unsupported_encoding",
    };

    public static Failure Corrupt(BodyDecompressed.Corrupt found) => new(
        FailureKind.InvalidRequest,
        StatusCodes.Status400BadRequest,
        $"The request body is not valid {found.Encoding}: {found.Reason}")
    {
        Code = "invalid_encoding",
    };

    /// <summary>Null for a model that was found.</summary>
    public static Failure? Explain(ModelResolution resolution) => resolution switch
    {
        ModelResolution.Resolved => null,
        ModelResolution.Ambiguous ambiguous => UnknownModel(ambiguous.Message),
        ModelResolution.Unknown unknown => UnknownModel(unknown.Message),
        _ => throw new NotSupportedException(resolution.GetType().Name),
    };

    public static Failure ModelNameTooLong(int longest) => new(
        FailureKind.InvalidRequest,
        StatusCodes.Status400BadRequest,
        string.Create(CultureInfo.InvariantCulture, $"The model's name has more than {longest} characters; check the field 'model'."))
    {
        Param = "model",
    };

    public static Failure Unset(Provider provider, string variable) => new(
        FailureKind.WrongKey,
        StatusCodes.Status401Unauthorized,
        $"Provider '{provider.Name}' takes its key from the environment variable {variable}, which is not set; set it and restart the gateway.");

    private static Failure UnknownModel(string message) =>
        new(FailureKind.UnknownModel, StatusCodes.Status404NotFound, message) { Param = "model" };
}
