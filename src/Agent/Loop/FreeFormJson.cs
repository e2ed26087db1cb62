using System.Text.Json.Serialization;

namespace Codex.Agent.Loop;

[JsonSerializable(typeof(string))]
internal sealed partial class FreeFormJson : JsonSerializerContext;
