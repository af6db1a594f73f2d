using System.Text;
using Nua.Core;

namespace Nua.Engine.Images.Mirrors;

/// <summary>Where one tool gets its packages, in place of where it always does: a server, or a folder that is lent to the step.</summary>
public sealed record PackageMirror
{
    private const string AfterScheme = "://";

    private static readonly string[] Schemes = ["http", "https", "sparse+http", "sparse+https"];

    private PackageMirror(string address) => Address = address;

    /// <summary>A URL without who asks, or the path of the folder in the step.</summary>
    public string Address { get; }

    /// <summary>Who asks the server; <see langword="null"/>: anybody.</summary>
    public string? User { get; private init; }

    /// <summary>What proves it.</summary>
    public Secret? Password { get; private init; }

    public bool IsFolder { get; private init; }

    /// <summary>Whether what is sent to the server, and what comes, is in the clear.</summary>
    public bool IsPlain => Address.StartsWith("http:", StringComparison.Ordinal) || Address.StartsWith("sparse+http:", StringComparison.Ordinal);

    /// <summary>The server's name, with its port where that is not the usual one.</summary>
    public string Host => new Uri(Address).Authority;

    /// <summary>What must be seen in no log.</summary>
    public IEnumerable<Secret> Secrets => Password is null ? [] :
    [
        Password,
        new Secret(Uri.EscapeDataString(Password.Reveal())),
        BasicAuthorization!,
    ];

    /// <summary>User and password as HTTP sends them.</summary>
    public Secret? BasicAuthorization =>
        User is null ? null : new Secret(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password?.Reveal()}")));

    /// <summary>A server's URL, perhaps with user and password; <see langword="null"/>: the text is none.</summary>
    public static PackageMirror? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || !Schemes.Contains(uri.Scheme) || uri.Host.Length == 0)
        {
            return null;
        }

        var mirror = new PackageMirror(uri.UserInfo.Length == 0 ? text : text.Replace($"{uri.UserInfo}@", "", StringComparison.Ordinal));
        return uri.UserInfo.Split(':', 2) is not [{ Length: > 0 } user, .. var password]
            ? mirror
            : mirror with
            {
                User = Uri.UnescapeDataString(user),
                Password = password is [var word] ? new Secret(Uri.UnescapeDataString(word)) : null,
            };
    }

    /// <summary>What the operator's folder has for a tool; <see langword="null"/>: nothing.</summary>
    /// <param name="folder">The operator's folder on this machine.</param>
    /// <param name="tool">The name of the tool's folder in there.</param>
    public static PackageMirror? InFolder(string? folder, string tool) =>
        folder is not null && Directory.Exists(Path.Combine(folder, tool))
            ? new PackageMirror($"{PackageSources.FolderPlace}/{tool}") { IsFolder = true }
            : null;

    /// <summary>One URL with all that is to be known: for files that are lent, and nothing else.</summary>
    public string Reveal()
    {
        if (IsFolder)
        {
            return $"file{AfterScheme}{Address}";
        }

        var who = User is null ? "" : Uri.EscapeDataString(User) + (Password is null ? "" : $":{Uri.EscapeDataString(Password.Reveal())}") + "@";
        return Address.Replace(AfterScheme, $"{AfterScheme}{who}", StringComparison.Ordinal);
    }
}
