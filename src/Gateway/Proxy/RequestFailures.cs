using System.Globalization;
using Codex.Gateway.Providers;
using Codex.Translation.Responses;

namespace Codex.Gateway.Proxy;

/// <summary>Failures found before a backend was asked.</summary>
internal static class RequestFailures
{
    public static Failure Explain(RequestFault fault)
    {
        var place = fault is { Line: { } line, Column: { } column } && !fault.Message.Contains("line ", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $" (line {line}, column {column})")
            : "";
        return new Failure(FailureKind.InvalidRequest, StatusCodes.Status400BadRequest, fault.Message + place) { Code = fault.Code, Param = fault.Param };
    }

    /// <summary>Null for a model that was found.</summary>
    public static Failure? Explain(ModelResolution resolution) => resolution switch
    {
        ModelResolution.Resolved => null,
        ModelResolution.Ambiguous ambiguous => UnknownModel(ambiguous.Message),
        ModelResolution.Unknown unknown => UnknownModel(unknown.Message),
        _ => throw new NotSupportedException(resolution.GetType().Name),
    };

    public static Failure Unset(Provider provider, string variable) => new(
        FailureKind.WrongKey,
        StatusCodes.Status401Unauthorized,
        $"Provider '{provider.Name}' takes its key from the environment variable {variable}, which is not set; set it and restart the gateway.");

    private static Failure UnknownModel(string message) =>
        new(FailureKind.UnknownModel, StatusCodes.Status404NotFound, message) { Param = "model" };
}
