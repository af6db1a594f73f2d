using System.Text;
using System.Text.Encodings.Web;

namespace Links;

/// <summary>The front page. What people wrote goes through <see cref="Text"/>, and never into it in another way.</summary>
internal static class Page
{
    /// <param name="links">Those that are shown.</param>
    /// <param name="name">What was written before.</param>
    /// <param name="target">What was written before.</param>
    /// <param name="trouble">Why it could not be done; <see langword="null"/>: nothing was asked.</param>
    public static string Front(IReadOnlyList<Link> links, string? name = null, string? target = null, string? trouble = null)
    {
        var list = new StringBuilder();
        foreach (var link in links)
        {
            list.Append($"<li><a href=\"/{link.Name}\">/{link.Name}</a> <span>{Text(link.Target.ToString())}</span></li>");
        }

        return $"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Short links</title>
            <link rel="icon" href="/icon.svg">
            <link rel="stylesheet" href="/links.css">
            <main>
            <h1>Give a long address a short name</h1>
            <form method="post" action="/">
              {(trouble is null ? "" : $"<p class=\"trouble\" role=\"alert\">{Text(trouble)}</p>")}
              <label for="target">Address</label>
              <input id="target" name="target" type="url" required maxlength="2000" placeholder="https://example.org/a/long/way/down" value="{Text(target)}">
              <label for="name">Short name</label>
              <input id="name" name="name" required minlength="2" maxlength="40" pattern="[a-z0-9\-]+" autocomplete="off" value="{Text(name)}">
              <button>Shorten</button>
            </form>
            {(links.Count == 0 ? "" : $"<h2>Names so far</h2><ul>{list}</ul>")}
            </main>
            </html>
            """;
    }

    private static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");
}
