using Codex.Translation.Dialects;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate;

public static class RequestTranslation
{
    /// <param name="upstreamModel">The backend's own name of the model.</param>
    public static RequestTranslated ToChat(ResponsesRequest request, Dialect dialect, string upstreamModel) => throw new NotSupportedException();
}
