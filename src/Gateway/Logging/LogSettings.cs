using Serilog.Events;

namespace Codex.Gateway.Logging;

/// <param name="Json">One JSON object a line instead of plain text.</param>
public sealed record LogSettings(LogEventLevel Level = LogEventLevel.Information, bool Json = false);
