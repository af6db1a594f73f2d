// Short links: a form, redirects, and a small API. What is stored is in LinkBook.cs.

using Links;
using Microsoft.AspNetCore.Mvc;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton(LinkBook.Open(builder.Configuration["LINKS_FILE"] ?? "data/links.jsonl"));
var app = builder.Build();

app.Use((context, next) =>
{
    var headers = context.Response.Headers;
    headers.ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    headers.XContentTypeOptions = "nosniff";
    headers["Referrer-Policy"] = "same-origin";
    return IsForeign(context.Request) ? Results.StatusCode(403).ExecuteAsync(context) : next(context);
});
app.UseStaticFiles();
// Only now: a file comes before the link of its name.
app.UseRouting();

app.MapGet("/", (LinkBook book) => Html(Page.Front(book.Listed)));

app.MapPost("/", ([FromForm] string? name, [FromForm] string? target, LinkBook book) =>
{
    var trouble = Refusal(name, target);
    if (trouble is null && book.Add(name!, Link.TargetOf(target)!, listed: true) is null)
    {
        trouble = Taken(name!);
    }

    return trouble is null ? Results.Redirect("/") : Html(Page.Front(book.Listed, name, target, trouble), 422);
}).DisableAntiforgery();

app.MapGet("/health", (LinkBook book) => Results.Json(new { status = "ok", links = book.Count }));

app.MapPost("/api/links", (Wish wish, LinkBook book) =>
    Refusal(wish.Name, wish.Target) is { } trouble ? Results.Json(new { problem = trouble }, statusCode: 422)
    : book.Add(wish.Name!, Link.TargetOf(wish.Target)!, wish.Listed) is { } key ? Results.Json(new { wish.Name, key }, statusCode: 201)
    : Results.Json(new { problem = Taken(wish.Name!) }, statusCode: 409));

app.MapDelete("/api/links/{name}", (string name, [FromHeader] string? authorization, LinkBook book) =>
    book.Remove(name, (authorization ?? "").Replace("Bearer ", "", StringComparison.Ordinal)) ? Results.NoContent() : Results.NotFound());

app.MapGet("/{name}", (string name, LinkBook book) =>
    book.Find(name) is { } link ? Results.Redirect(link.Target.AbsoluteUri) : Results.Text("There is no such link.\n", statusCode: 404));

app.Run();

// Browsers say where a form was. Pages of other sites make no links in a visitor's name.
static bool IsForeign(HttpRequest request) =>
    request.Headers["Sec-Fetch-Site"] == "cross-site" && !HttpMethods.IsGet(request.Method);

static string? Refusal(string? name, string? target) =>
    !Link.IsName(name) ? "A name has two to forty small letters, digits and dashes."
    : Link.TargetOf(target) is null ? "An address begins with http:// or https://."
    : null;

static string Taken(string name) => $"The name {name} is taken.";

static IResult Html(string page, int status = 200) => Results.Text(page, "text/html; charset=utf-8", statusCode: status);

/// <summary>A link that a program asks for.</summary>
internal sealed record Wish(string? Name, string? Target, bool Listed = true);
