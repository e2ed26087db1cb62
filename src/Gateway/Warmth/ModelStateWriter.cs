using System.Text.Json;

namespace Codex.Gateway.Warmth;

/// <summary>A state as JSON: <c>state</c>, and what belongs to it.</summary>
internal static class ModelStateWriter
{
    /// <param name="elapsed">Told as <c>seconds</c>; without it those of a warm-up under way are.</param>
    public static void WriteFields(Utf8JsonWriter writer, ModelState state, TimeSpan? elapsed = null)
    {
        writer.WriteString("state"u8, state.Word);
        if ((elapsed ?? (state as ModelState.Warming)?.Elapsed) is { } time)
            writer.WriteNumber("seconds"u8, Math.Round(time.TotalSeconds, 1));
        switch (state)
        {
            case ModelState.Cold cold:
                writer.WriteString("sign"u8, cold.Sign);
                break;
            case ModelState.Warming warming:
                writer.WriteString("sign"u8, warming.Sign);
                writer.WriteNumber("waiting"u8, warming.Waiting);
                break;
            case ModelState.Failed failed:
                writer.WriteString("reason"u8, failed.Reason);
                break;
        }
    }
}
