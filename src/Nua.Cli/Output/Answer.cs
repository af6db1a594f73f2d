using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Nua.Cli.Output;

/// <summary>What a command has to say on standard output: for a reader, or with <c>--json</c> for a program.</summary>
/// <param name="Exit">The exit code it comes with; most answers come with 0.</param>
internal abstract record Answer(int Exit)
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        // The document goes to a terminal or a program, never into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>How a value is written when it shares its line.</summary>
    public static JsonWriterOptions OneLine => new() { Encoder = Readable.Encoder };

    /// <summary>A document, and how a reader is shown it.</summary>
    public static Answer Of<T>(T document, JsonTypeInfo<T> json, Action<IAnsiConsole> show, int exit = 0) =>
        new Document<T>(document, json, show, exit);

    public abstract void Show(IAnsiConsole console);

    public abstract void WriteJson(TextWriter output);

    private sealed record Document<T>(T Value, JsonTypeInfo<T> Json, Action<IAnsiConsole> Shown, int Exit) : Answer(Exit)
    {
        public override void Show(IAnsiConsole console) => Shown(console);

        public override void WriteJson(TextWriter output)
        {
            using var text = new MemoryStream();
            using (var writer = new Utf8JsonWriter(text, Readable))
            {
                JsonSerializer.Serialize(writer, Value, Json);
            }

            output.WriteLine(System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
        }
    }
}
