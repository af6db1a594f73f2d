using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Nua.Core.Packages;

namespace Nua.Engine.Protocol;

/// <summary>The HTTP steps of one run: cookies and saved values go from one to the next.</summary>
internal sealed partial class HttpSteps(HttpClient door, Uri? address)
{
    private const int MostCharacters = 200;
    private const char ByteOrderMark = '\uFEFF';
    private readonly CookieContainer _cookies = new();
    private readonly Dictionary<string, string> _saved = [];

    /// <summary>Sends the request; answers why the step does not hold, or <see langword="null"/> when it does.</summary>
    public async Task<string?> WhyNotAsync(TestStep.Http step, CancellationToken cancellation)
    {
        if (address is null)
        {
            return "the app has no web port to ask";
        }

        using var request = RequestOf(step, AddressOf(address, Fill(step.Url)));
        using var response = await door.SendAsync(request, cancellation);
        KeepCookies(request.RequestUri!, response);
        var body = TextOf(response, await response.Content.ReadAsByteArrayAsync(cancellation));
        return WhyNot(step, response, body) is { } why ? $"{step.Method} {step.Url}: {why}" : Save(step, body);
    }

    /// <summary>A step's url counts from where the instance answers, which is below a path when it shares its host.</summary>
    private static Uri AddressOf(Uri instance, string url) => new($"{instance.AbsoluteUri.TrimEnd('/')}/{url.TrimStart('/')}");

    /// <summary>In the charset the answer names; what names none that is known here is read as UTF-8.</summary>
    private static string TextOf(HttpResponseMessage response, byte[] body)
    {
        try
        {
            var charset = response.Content.Headers.ContentType?.CharSet?.Trim('"');
            return (charset is null ? Encoding.UTF8 : Encoding.GetEncoding(charset)).GetString(body).TrimStart(ByteOrderMark);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8.GetString(body).TrimStart(ByteOrderMark);
        }
    }

    private HttpRequestMessage RequestOf(TestStep.Http step, Uri uri)
    {
        var request = new HttpRequestMessage(HttpMethod.Parse(step.Method), uri);
        if (step.Form.Count > 0)
        {
            request.Content = new FormUrlEncodedContent(step.Form.Select(field => KeyValuePair.Create(field.Key, Fill(field.Value))));
        }
        else if (step.Body is not null)
        {
            request.Content = new StringContent(Fill(step.Body), Encoding.UTF8);
        }

        foreach (var (name, value) in step.Headers)
        {
            SetHeader(request, name, Fill(value));
        }

        if (_cookies.GetCookieHeader(uri) is { Length: > 0 } cookies)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        return request;
    }

    private static void SetHeader(HttpRequestMessage request, string name, string value)
    {
        if (!request.Headers.TryAddWithoutValidation(name, value) && request.Content is { } content)
        {
            content.Headers.Remove(name);
            content.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private void KeepCookies(Uri uri, HttpResponseMessage response)
    {
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            try
            {
                _cookies.SetCookies(uri, cookie);
            }
            catch (CookieException)
            {
                // Meant for another domain than the one the instance has here: a browser would drop it, too.
            }
        }
    }

    private string? WhyNot(TestStep.Http step, HttpResponseMessage response, string body) =>
        WhyNotStatus(step, (int)response.StatusCode, body)
        ?? WhyNotText(step, body)
        ?? step.ExpectHeader.Select(header => WhyNotHeader(response, header.Key, Fill(header.Value))).FirstOrDefault(why => why is not null)
        ?? step.ExpectJson.Select(value => WhyNotJson(body, value.Key, Fill(value.Value))).FirstOrDefault(why => why is not null);

    private static string? WhyNotStatus(TestStep.Http step, int status, string body)
    {
        var holds = step.ExpectStatus is { } expected ? status == expected : status < 400 || step.ExpectNotStatus is not null;
        if (holds && status != step.ExpectNotStatus)
        {
            return null;
        }

        var wanted = step.ExpectStatus is { } exact ? $"{exact}" : (step.ExpectNotStatus is { } not ? $"anything but {not}" : "a status below 400");
        return $"expected {wanted}, came {status}: {Shortened(body)}";
    }

    private string? WhyNotText(TestStep.Http step, string body)
    {
        if (step.ExpectText is not null && !body.Contains(Fill(step.ExpectText)))
        {
            return $"'{Fill(step.ExpectText)}' is not in the answer: {Shortened(body)}";
        }

        return step.ExpectNotText is not null && body.Contains(Fill(step.ExpectNotText))
            ? $"'{Fill(step.ExpectNotText)}' is in the answer"
            : null;
    }

    private static string? WhyNotHeader(HttpResponseMessage response, string name, string expected)
    {
        var values = response.Headers.TryGetValues(name, out var found) || response.Content.Headers.TryGetValues(name, out found)
            ? string.Join(", ", found)
            : null;
        return values is not null && values.Contains(expected)
            ? null
            : $"expected the header {name}: {expected}, came {values ?? "none"}";
    }

    private static string? WhyNotJson(string body, string path, string expected)
    {
        var value = JsonPath.Read(body, path);
        return value == expected ? null : $"expected {path} to be '{expected}', came {(value is null ? "nothing" : $"'{value}'")}";
    }

    private string? Save(TestStep.Http step, string body)
    {
        foreach (var (name, path) in step.Save)
        {
            if (JsonPath.Read(body, path) is not { } value)
            {
                return $"{step.Method} {step.Url}: there is no {path} to save in {Shortened(body)}";
            }

            _saved[name] = value;
        }

        return null;
    }

    /// <summary>Puts saved values in the place of their names; other braces stay as they are.</summary>
    private string Fill(string text) =>
        SavedName.Replace(text, match => _saved.GetValueOrDefault(match.Groups["name"].Value, match.Value));

    private static string Shortened(string body)
    {
        var line = Whitespace.Replace(body, " ").Trim();
        return line.Length <= MostCharacters ? $"'{line}'" : $"'{line[..MostCharacters]}…'";
    }

    [GeneratedRegex(@"\{(?<name>[A-Za-z_][A-Za-z0-9_-]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SavedName { get; }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whitespace { get; }
}
