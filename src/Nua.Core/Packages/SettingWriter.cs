using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Nua.Core.Packages;

/// <summary>Writes a variable: a text, or the table that says where its value comes from, whose values are texts too.</summary>
internal static class SettingWriter
{
    public static void Write(Utf8JsonWriter writer, Setting setting)
    {
        if (setting is Setting.Literal(var text))
        {
            writer.WriteStringValue(text);
            return;
        }

        writer.WriteStartObject();
        foreach (var (key, value) in RuleOf(setting).Where(part => part.Value is not null))
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static (string Key, string? Value)[] RuleOf(Setting setting) => setting switch
    {
        Setting.Lookup lookup => [("from", lookup.From), ("key", lookup.Key)],
        Setting.RandomText random =>
        [
            ("random", "true"), ("length", random.Length.ToString(CultureInfo.InvariantCulture)), .. Choices(random.Persistent, random.Display),
        ],
        Setting.RandomInteger random => [("random", "true"), ("type", "integer"), .. Choices(random.Persistent, random.Display)],
        Setting.UniqueDatabase unique => [("unique_db", "true"), .. Choices(unique.Persistent, unique.Display)],
        Setting.UniqueUser unique => [("unique_user", "true"), .. Choices(unique.Persistent, unique.Display)],
        Setting.ExternalIp => [("external_ip", "true")],
        Setting.HostPassword password => [("nua_internal", password.Name)],
        _ => throw new UnreachableException(),
    };

    private static (string Key, string? Value)[] Choices(bool persistent, bool display) =>
        [("persistent", persistent ? null : "false"), ("display", display ? "true" : null)];
}
