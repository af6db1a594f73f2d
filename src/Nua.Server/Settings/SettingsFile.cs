using Nua.Api;

namespace Nua.Server.Settings;

/// <summary>Reads <c>nua.toml</c>.</summary>
internal static class SettingsFile
{
    public static ServerSettings Read(NuaHome home) => new() { Name = "nua" };
}
