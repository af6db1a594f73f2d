using System.CommandLine;
using System.Text.Json;
using Nua.Cli.Output;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua config show|schema</c></summary>
internal static class ConfigCommand
{
    public static Command Create(Terminal terminal) =>
        new VerbCommand("config", "Look at a package's configuration.", "nua config show .", 3) { Show(terminal), Schema(terminal) };

    private static VerbCommand Show(Terminal terminal)
    {
        var target = PackageArgument.Create();
        var command = new VerbCommand(
            "show", "Show what Nua understood of a nua-config: its normal form.", "nua config show --json .", 3) { target };
        command.SetAction((line, _) => terminal.AnswerAsync(line, () =>
        {
            var file = PackageLocator.Find(line.GetRequiredValue(target));
            var reading = PackageReader.Inspect(PackageArgument.Shown(file.Path), file.ReadText());
            var package = reading.Package ?? throw new PackageException(reading.Findings);
            foreach (var finding in reading.Findings)
            {
                terminal.Remark(Words.Harmless(finding.ToString()));
            }

            using var document = JsonDocument.Parse(PackageWriter.ToJson(package));
            var normal = document.RootElement.Clone();
            return Task.FromResult(Answer.Of(normal, CliJson.Default.JsonElement, console => ShowKeys(console, "", normal)));
        }));
        return command;
    }

    private static VerbCommand Schema(Terminal terminal)
    {
        var command = new VerbCommand(
            "schema", "Print the JSON Schema of nua-config, for editors.", "nua config schema > nua-config.schema.json");
        command.SetAction((line, _) => terminal.RunAsync(line, () =>
        {
            terminal.Output.WriteLine(PackageSchema.ToJson());
            return Task.FromResult(ExitCodes.Done);
        }));
        return command;
    }

    /// <summary>A line for each key that says something: easy to read, and to find with grep.</summary>
    private static void ShowKeys(IAnsiConsole console, string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    ShowKeys(console, path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value);
                }

                break;
            case JsonValueKind.Array when value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object):
                foreach (var (item, index) in value.EnumerateArray().Select((item, index) => (item, index)))
                {
                    ShowKeys(console, $"{path}[{index}]", item);
                }

                break;
            default:
                console.MarkupLineInterpolated($"[blue]{path}[/] = {OneLine(value)}");
                break;
        }
    }

    private static string OneLine(JsonElement value)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Answer.OneLine))
        {
            value.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }
}
