using System.Globalization;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace Nua.Cli.Output;

/// <summary>How times, sizes and states are put for a reader.</summary>
internal static partial class Words
{
    /// <summary>How long something took: <c>0.3 s</c>, <c>1 min 12 s</c>.</summary>
    public static string Took(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes} min",
    };

    /// <summary>How long ago, or for how long, in one unit: <c>12 s</c>, <c>3 h</c>, <c>40 d</c>.</summary>
    public static string Age(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => $"{Math.Max(0, (int)time.TotalSeconds)} s",
        { TotalHours: < 1 } => $"{(int)time.TotalMinutes} min",
        { TotalDays: < 2 } => $"{(int)time.TotalHours} h",
        _ => $"{(int)time.TotalDays} d",
    };

    public static string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };

    /// <summary>A number of things: <c>1 image</c>, <c>3 images</c>.</summary>
    public static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";

    public static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>As much of a content address as tells images apart; engines take it for the whole.</summary>
    public static string ShortId(string id) => id.StartsWith("sha256:", StringComparison.Ordinal) && id.Length > 19 ? id[..19] : id;

    /// <summary>The state as markup: green is well, yellow needs a look, red is broken.</summary>
    public static string State(string state) => state switch
    {
        "running" or "succeeded" or "ready" or "done" => $"[green]{state}[/]",
        "degraded" or "restarting" or "paused" or "stuck" or "starting" or "stopping" or "undone" => $"[yellow]{state}[/]",
        "down" or "failed" or "missing" or "undo-failed" => $"[red]{state}[/]",
        _ => Markup.Escape(state),
    };

    /// <summary>A line some program wrote, without what would move the cursor or do worse to a terminal; colours may stay.</summary>
    public static string Harmless(string line, bool keepColours = false) => Control.Replace(
        line, found => found.Value is "\t" || (keepColours && found.Groups["colour"].Success) ? found.Value : "");

    [GeneratedRegex(@"(?<colour>\e\[[0-9;]*m)|\p{Cc}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Control { get; }
}
