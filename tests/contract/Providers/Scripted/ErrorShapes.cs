using System.Globalization;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Contract.Tests.Providers.Scripted;

/// <summary>Bodies in which backends tell an error.</summary>
internal static class ErrorShapes
{
    /// <summary>OpenAI's, in most backends.</summary>
    public static ChatScript Nested(Complaint complaint) => ChatScript.Error(complaint.Status, complaint.Message, complaint.Type, complaint.Code);

    /// <summary>The code is the status, as a number.</summary>
    public static ChatScript Numbered(Complaint complaint) => ChatScript.Body(
        complaint.Status,
        $$$"""{"error":{"message":{{{ChatJson.Quote(complaint.Message)}}},"type":"{{{complaint.Type}}}","param":null,"code":{{{Status(complaint)}}}}}""");

    /// <summary>The members of OpenAI's error object without the object around them.</summary>
    public static ChatScript Flat(Complaint complaint) => ChatScript.Body(
        complaint.Status,
        $$"""{"object":"error","message":{{ChatJson.Quote(complaint.Message)}},"type":"{{complaint.Type}}","param":null,"code":"{{complaint.Code ?? complaint.Type}}"}""");

    /// <summary><c>{"code":"…","error":"…"}</c></summary>
    public static ChatScript Words(Complaint complaint) => ChatScript.Body(
        complaint.Status, $$"""{"code":"{{complaint.Code ?? complaint.Type}}","error":{{ChatJson.Quote(complaint.Message)}}}""");

    /// <summary>Problem details: title, status, detail.</summary>
    public static ChatScript Problem(Complaint complaint) => ChatScript.Body(
        complaint.Status, $$"""{"status":{{Status(complaint)}},"title":"{{complaint.Type}}","detail":{{ChatJson.Quote(complaint.Message)}}}""");

    /// <summary>A validation error in FastAPI's shape, other errors flat.</summary>
    public static ChatScript Validation(Complaint complaint) => complaint.Status == 422
        ? ChatScript.Body(422, $$"""{"object":"error","message":{"detail":[{"type":"{{complaint.Code}}","loc":["body"],"msg":{{ChatJson.Quote(complaint.Message)}}}]},"type":"invalid_request_error","code":null}""")
        : complaint.Status == 401 ? ChatScript.Body(401, $$"""{"detail":{{ChatJson.Quote(complaint.Message)}}}""") : Flat(complaint);

    /// <summary>HTTP 200 with <c>base_resp</c>; the code is the number in it.</summary>
    public static ChatScript BeneathSuccess(Complaint complaint) => ChatScript.Body(
        200,
        $$$"""{"id":"","choices":null,"created":1700000000,"model":"","object":"","usage":null,"base_resp":{"status_code":{{{complaint.Code ?? "2013"}}},"status_msg":{{{ChatJson.Quote(complaint.Message)}}}}}""");

    private static string Status(Complaint complaint) => complaint.Status.ToString(CultureInfo.InvariantCulture);
}
