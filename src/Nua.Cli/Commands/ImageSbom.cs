using System.Text.Json;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua image sbom IMAGE</c></summary>
internal static class ImageSbom
{
    public static VerbCommand Create(NuaClient server, Terminal terminal)
    {
        var image = ImageCommand.Required();
        var command = new VerbCommand(
            "sbom", "List the software an image consists of; with --json as CycloneDX.", "nua image sbom nua-guestbook:1.0 --json", 3, 8) { image };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var document = await server.SbomAsync(line.GetRequiredValue(image), cancellation);
            return Answer.Of(document, ApiJson.Default.JsonElement, console => Show(console, document));
        }));
        return command;
    }

    private static void Show(IAnsiConsole console, JsonElement document)
    {
        var table = PlainTable.Of("COMPONENT", "VERSION", "KIND", "LICENCE");
        var components = document.GetProperty("components").EnumerateArray().ToList();
        foreach (var component in components)
        {
            table.AddRow(Escaped(TextOf(component, "name")), Escaped(TextOf(component, "version")), Escaped(KindOf(component)), Escaped(LicenceOf(component)));
        }

        console.Write(table);
        console.WriteLine($"{components.Count} components.");
        if (document.TryGetProperty("compositions", out _))
        {
            console.WriteLine("The list is not complete: with --json, 'nua:unread' names the files that could not be read.");
        }
    }

    /// <summary>The ecosystem, as package URLs name it: <c>pkg:deb/…</c>.</summary>
    private static string KindOf(JsonElement component) =>
        TextOf(component, "purl") is { Length: > 0 } purl ? purl.Split(':', '/')[1] : TextOf(component, "type");

    private static string LicenceOf(JsonElement component) =>
        component.TryGetProperty("licenses", out var licences) && licences.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
            ? first.TryGetProperty("license", out var named) ? TextOf(named, "name") : TextOf(first, "expression")
            : "-";

    private static string TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static string Escaped(string text) => Markup.Escape(Words.Harmless(text));
}
