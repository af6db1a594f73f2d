using System.Text.Json;

namespace Nua.Server.Views;

/// <summary>How the names of states travel: <c>UndoFailed</c> is <c>undo-failed</c>.</summary>
internal static class Kebab
{
    /// <summary>The state as it travels.</summary>
    public static string Of<T>(T state)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());
}
