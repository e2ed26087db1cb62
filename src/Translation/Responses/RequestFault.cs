namespace Codex.Translation.Responses;

/// <summary>Why a request cannot be served: always the client's to mend, HTTP 400.</summary>
/// <param name="Message">One sentence for the person, with the next step.</param>
/// <param name="Param">The path of the field, as <c>input[3].content[0].text</c>; null when the body as a whole is meant.</param>
/// <param name="Code">OpenAI's error code where one exists, as <c>unsupported_parameter</c>.</param>
/// <param name="Line">1-based line in the body, where known.</param>
/// <param name="Column">1-based byte column in that line, where known.</param>
public sealed record RequestFault(string Message, string? Param = null, string? Code = null, int? Line = null, int? Column = null);

/// <summary>What reading a body gave.</summary>
public abstract record RequestReading
{
    private RequestReading()
    {
    }

    public sealed record Read(ResponsesRequest Request) : RequestReading;

    public sealed record Refused(RequestFault Fault) : RequestReading;
}
