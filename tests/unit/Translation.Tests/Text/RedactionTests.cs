using System.Net;
using System.Text;
using System.Text.Json;
using Codex.Translation.Text;

namespace Codex.Translation.Tests.Text;

public class RedactionTests
{
    private const string Key = "ak-live-q7Zt/9Wm+Rb4xKd2Vf8s";

    [Theory]
    [InlineData("Bad key sk-0123456789", "sk-0123456789", "Bad key [key]")]
    [InlineData("sk-0123456789, or sk-0123456789", "sk-0123456789", "[key], or [key]")]
    [InlineData("maximum context length exceeded", "x", "maximum context length exceeded")]
    [InlineData("none of these", "none", "none of these")]
    [InlineData("nothing to hide", "", "nothing to hide")]
    public void Keys_are_blotted_out_and_placeholders_are_not(string said, string key, string shown) =>
        new Redaction([new Secret(key)]).Apply(said).ShouldBe(shown);

    [Theory]
    [InlineData("Bad key: ak-live-q7Zt/9Wm+Rb4", "Bad key: [key]")]
    [InlineData("Bad key: ak-live-q7Zt", "Bad key: [key]")]
    [InlineData("Bad key: 'ak-live-q7...'", "Bad key: '[key]'")]
    [InlineData("Bad key ak-live-q7****8s.", "Bad key [key].")]
    [InlineData("Bad key ak-…f8s here", "Bad key [key] here")]
    [InlineData("Bad key ak-livexxxxxxxxVf8s here", "Bad key [key] here")]
    [InlineData("The key ending in Vf8s is bad", "The key ending in [key] is bad")]
    [InlineData("AK-LIVE-Q7ZT/9WM+RB4XKD2VF8S is bad", "[key] is bad")]
    [InlineData("Keys begin with ak-dev-, ak-staging- or ak-live-.", "Keys begin with ak-dev-, ak-staging- or ak-live-.")]
    [InlineData("Loading... please wait", "Loading... please wait")]
    [InlineData("Your live keys have 28 characters", "Your live keys have 28 characters")]
    public void Parts_of_a_key_are_blotted_out_and_what_all_keys_share_is_not(string said, string shown) =>
        new Redaction([new Secret(Key, "ak-live-".Length)]).Apply(said).ShouldBe(shown);

    public static TheoryData<string, string> Forms => new()
    {
        { "as it is", Key },
        { "a bearer", "Bearer " + Key },
        { "percent-encoded", Uri.EscapeDataString(Key) },
        { "percent-encoded in small letters", Uri.EscapeDataString(Key).Replace("%2F", "%2f").Replace("%2B", "%2b") },
        { "a form field", WebUtility.UrlEncode(Key) },
        { "JSON", JsonSerializer.Serialize(Key) },
        { "JSON of PHP", Key.Replace("/", "\\/") },
        { "HTML", WebUtility.HtmlEncode(Key) },
        { "hex", Convert.ToHexString(Encoding.UTF8.GetBytes(Key)).ToLowerInvariant() },
        { "base64", Base64(Key) },
        { "base64 of a bearer", Base64("Bearer " + Key) },
        { "base64 of a user and password", Base64("me:" + Key) },
        { "base64 of a pair", Base64(Key + ":") },
        { "base64 for addresses", Base64("x:" + Key).Replace('+', '-').Replace('/', '_') },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void No_form_of_a_key_shows_more_than_a_few_of_its_characters(string form, string told)
    {
        var redaction = new Redaction([new Secret(Key, "ak-live-".Length)]);

        // A backend, or a limit on the way, may cut anywhere.
        for (var length = 12; length <= told.Length; length++)
        {
            var shown = redaction.Apply("Refused: " + told[..length]);
            // Either encoded or plain, no four characters in a row of the secret part remain.
            var secret = told.Length <= Key.Length + 9 ? told[^20..] : told[^24..];
            for (var i = 0; i + 8 <= secret.Length; i++)
                shown.ShouldNotContain(secret.Substring(i, 8), customMessage: $"{form}, cut at {length}");
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
