using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Codex.Translation.Chat;

namespace Codex.Gateway.Proxy;

/// <summary>Reads the body of an HTTP error as a backend worded it: the JSON shapes of its kind, a page, or plain text.</summary>
internal static partial class UpstreamErrorBody
{
    /// <summary>The message is empty when the body said nothing.</summary>
    public static UpstreamFault Read(ReadOnlySpan<byte> body, int status)
    {
        if (UpstreamFaultReader.ReadBody(body) is { } fault)
            return fault with { Status = status, Message = Plain(fault.Message) };
        return new UpstreamFault(status, Code: null, Type: null, Plain(Encoding.UTF8.GetString(body).Trim()));
    }

    /// <summary>A gateway in front of the backend may have put its page into the backend's JSON.</summary>
    private static string Plain(string text) => text.StartsWith('<') || PageTags().IsMatch(text) ? WithoutMarkup(text) : text;

    private static string WithoutMarkup(string html)
    {
        var visible = Visible(Head().Replace(html, " "));
        // The head holds the title, which most pages repeat; some say nothing else.
        return visible.Length > 0 ? visible : Visible(html);
    }

    private static string Visible(string html)
    {
        var visible = Tags().Replace(Invisible().Replace(html, " "), " ");
        return Blanks().Replace(WebUtility.HtmlDecode(visible), " ").Trim();
    }

    [GeneratedRegex("<head\\b.*?</head>", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Head();

    [GeneratedRegex("<(?<tag>script|style)\\b.*?</\\k<tag>>", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Invisible();

    /// <summary>Not any tag: a model's own marks are part of what a backend has to say.</summary>
    [GeneratedRegex("<(!doctype|html|head|body|title|center|div|span|br|hr|p|h[1-6]|pre)\\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PageTags();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
