using System.Globalization;
using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;

namespace Nua.Gateway.Visitors;

/// <summary>What visitors see when no workload answers them: a page for browsers, a line for everything else.</summary>
internal sealed record ErrorPage(int Status, string Title, string Explanation)
{
    public static ErrorPage BadRequest { get; } = new(
        StatusCodes.Status400BadRequest,
        "This address cannot be read",
        "The address or the request contains something that has no place there.");

    public static ErrorPage NotFound { get; } = new(
        StatusCodes.Status404NotFound,
        "There is nothing here",
        "No application answers at this address. Is it spelled right?");

    public static ErrorPage BadGateway { get; } = new(
        StatusCodes.Status502BadGateway,
        "The application does not answer",
        "It may be starting, or it may have a problem. Please try again in a moment.");

    public static ErrorPage Unavailable { get; } = new(
        StatusCodes.Status503ServiceUnavailable,
        "Too much is going on",
        "The application has more requests than it can answer. Please try again in a moment.")
    {
        RetryAfterSeconds = 5,
    };

    public static ErrorPage Paused { get; } = new(
        StatusCodes.Status503ServiceUnavailable,
        "The application is paused",
        "Whoever runs it has paused it, and nothing is lost. Please try again later.")
    {
        RetryAfterSeconds = 60,
    };

    public static ErrorPage Timeout { get; } = new(
        StatusCodes.Status504GatewayTimeout,
        "The application takes too long",
        "It took the request and did not answer in time. Please try again in a moment.");

    /// <summary>When a program should ask again; 0: nobody knows.</summary>
    private int RetryAfterSeconds { get; init; }

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (RetryAfterSeconds > 0)
        {
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        var isBrowser = context.Request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase);
        if (isBrowser)
        {
            response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        }

        var body = Encoding.UTF8.GetBytes(isBrowser ? Html(context.Request.Host.Value ?? "") : $"{Title}. {Explanation}\n");
        response.ContentType = (isBrowser ? MediaTypeNames.Text.Html : MediaTypeNames.Text.Plain) + "; charset=utf-8";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private string Html(string host) =>
        $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{{Title}}</title>
        <style>
        :root { color-scheme: light dark; --ink: #1c2330; --quiet: #667085; --paper: #f6f5f2; --card: #fff; --line: #e4e2dc; --mark: #b4532a }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e8e6e1; --quiet: #9aa3b2; --paper: #14171c; --card: #1c2027; --line: #2c323c; --mark: #e08a5f }
        }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink);
          font: 1rem/1.6 system-ui, sans-serif }
        main { box-sizing: border-box; width: min(30rem, 100vw - 2rem); padding: 2.5rem; background: var(--card);
          border: 1px solid var(--line); border-top: 4px solid var(--mark); border-radius: .75rem }
        .status { margin: 0; color: var(--mark); font: 600 .9rem/1 ui-monospace, monospace; letter-spacing: .08em }
        h1 { margin: .75rem 0 .5rem; font-size: 1.5rem; line-height: 1.25; text-wrap: balance }
        p { margin: 0 }
        .host { margin-top: 1.5rem; color: var(--quiet); font-size: .875rem; overflow-wrap: anywhere }
        </style>
        </head>
        <body>
        <main>
        <p class="status">{{Status}}</p>
        <h1>{{Title}}</h1>
        <p>{{Explanation}}</p>
        <p class="host">{{HtmlEncoder.Default.Encode(host)}}</p>
        </main>
        </body>
        </html>

        """;
}
