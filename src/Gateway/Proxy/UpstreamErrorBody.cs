using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Codex.Translation.Chat;

namespace Codex.Gateway.Proxy;

/// <summary>Reads the body of an HTTP error as a backend worded it: the JSON shapes of its kind, a page, or plain text.</summary>
internal static partial class UpstreamErrorBody
{
    private const int LongestMessage = 1000;

    /// <summary>The message is empty when the body said nothing.</summary>
    public static UpstreamFault Read(ReadOnlySpan<byte> body, int status)
    {
        if (UpstreamFaultReader.ReadBody(body) is { } fault)
            return fault with { Status = status, Message = Shorten(fault.Message) };
        var text = Encoding.UTF8.GetString(body).Trim();
        return new UpstreamFault(status, Code: null, Type: null, Shorten(text.StartsWith('<') ? WithoutMarkup(text) : text));
    }

    private static string WithoutMarkup(string html)
    {
        var visible = Tags().Replace(Invisible().Replace(html, " "), " ");
        return Blanks().Replace(WebUtility.HtmlDecode(visible), " ").Trim();
    }

    private static string Shorten(string text) => text.Length <= LongestMessage ? text : string.Concat(text.AsSpan(0, LongestMessage), "…");

    [GeneratedRegex("<(?<tag>script|style)\\b.*?</\\k<tag>>", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Invisible();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
