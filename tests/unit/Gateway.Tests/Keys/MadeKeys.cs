using Codex.Gateway.Keys;

namespace Codex.Gateway.Tests.Keys;

/// <summary>Keys for tests, with their texts.</summary>
internal static class MadeKeys
{
    public static (GatewayKey Key, string Text) Make(string name)
    {
        var text = NewKey.Create();
        return (new GatewayKey(name, KeyHash.Of(text)), text);
    }
}
