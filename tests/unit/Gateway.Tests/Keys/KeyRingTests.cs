using System.Text;
using Codex.Gateway.Keys;

namespace Codex.Gateway.Tests.Keys;

public sealed class KeyRingTests
{
    [Fact]
    public void A_hash_is_of_one_key_and_survives_being_written()
    {
        var (key, other) = (NewKey.Create(), NewKey.Create());
        var hash = KeyHash.Parse(KeyHash.Of(key).ToString())!;

        hash.Matches(Encoding.UTF8.GetBytes(key)).ShouldBeTrue();
        hash.Matches(Encoding.UTF8.GetBytes(other)).ShouldBeFalse();
        hash.Matches(Encoding.UTF8.GetBytes(key[..^1])).ShouldBeFalse();
        hash.Matches([]).ShouldBeFalse();
        hash.ToString().ShouldNotContain(key);
    }

    [Fact]
    public void The_same_key_is_salted_anew_each_time()
    {
        var key = NewKey.Create();

        KeyHash.Of(key).ToString().ShouldNotBe(KeyHash.Of(key).ToString());
    }

    [Fact]
    public void New_keys_are_long_alike_and_fit_for_a_header()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => NewKey.Create()).ToList();

        keys.Distinct().Count().ShouldBe(100);
        keys.ShouldAllBe(k => k.Length == 47 && k.StartsWith("cgw_") && k.All(c => char.IsAsciiLetterOrDigit(c) || c == '_' || c == '-'));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("hmac-sha256:AAECAwQFBgcICQoLDA0ODw")]
    [InlineData("hmac-sha256::AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")]
    [InlineData("hmac-sha256:AAECAwQFBgcICQoLDA0ODw:AAEC")]
    [InlineData("sha1:AAECAwQFBgcICQoLDA0ODw:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")]
    [InlineData("hmac-sha256:!!!!:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")]
    public void What_is_no_hash_is_not_taken_for_one(string text) => KeyHash.Parse(text).ShouldBeNull();

    [Fact]
    public void A_ring_is_on_while_it_has_keys_or_is_locked()
    {
        var (key, text) = MadeKeys.Make("alice");
        var ring = new KeyRing([]);
        ring.IsOn.ShouldBeFalse();

        ring.Update([key]);
        ring.IsOn.ShouldBeTrue();
        ring.Find(text)!.Name.ShouldBe("alice");
        ring.Find(text + "x").ShouldBeNull();

        ring.Update([]);
        ring.IsOn.ShouldBeFalse();
        ring.Find(text).ShouldBeNull();
        new KeyRing([], isLocked: true).IsOn.ShouldBeTrue();
    }
}
