using System.Text.RegularExpressions;
using Nua.Core.Packages;
using Nua.Core.Problems;

namespace Nua.Engine.Build.Sources;

/// <summary>A source that is not in the package's folder, as the package asks for it; its address is one that is asked for.</summary>
public abstract partial record RemoteSource
{
    private RemoteSource(string key, string url, string folder)
    {
        (Key, Url, Folder) = (key, Checked(key, url), folder == SourceFolder.NuaFolder ? $"{folder}-source" : folder);
    }

    /// <summary>The key of <c>[build]</c> that asks for it.</summary>
    public string Key { get; }

    /// <summary>Where it is: <c>http</c> or <c>https</c>.</summary>
    public string Url { get; }

    /// <summary>What its folder is called, beside the package's own folder <c>nua</c>, and never that.</summary>
    public string Folder { get; }

    /// <summary>A tar or zip archive.</summary>
    public sealed record Archive : RemoteSource
    {
        internal Archive(string key, string url, string folder, string? checksum)
            : base(key, url, folder) => Checksum = checksum;

        /// <summary>Its SHA-256 in lower-case digits; <see langword="null"/>: any will do.</summary>
        public string? Checksum { get; }
    }

    /// <summary>A git repository.</summary>
    public sealed record Git : RemoteSource
    {
        internal Git(string url, string? branch)
            : base("git-url", url, NameOf(url)) => Branch = branch is null || BranchName.IsMatch(branch)
                ? branch
                : throw new NuaException(BuildProblems.BadBranch(branch));

        /// <summary>A branch, a tag or the whole name of a commit; <see langword="null"/>: main, or what the repository says.</summary>
        public string? Branch { get; }

        /// <summary>Whether a name is that of a commit, so that its content never changes.</summary>
        public static bool IsCommit(string name) => name.Length == 40 && name.All(char.IsAsciiHexDigit);

        private static string NameOf(string url)
        {
            var last = url.TrimEnd('/').Split('/')[^1];
            var name = Unusual.Replace(last.EndsWith(".git", StringComparison.Ordinal) ? last[..^4] : last, "-").TrimStart('.', '-');
            return name.Length > 0 ? name : "source";
        }
    }

    /// <summary>
    /// What a package asks for, its texts filled; <see langword="null"/> when its source is its own folder, or it needs none. An
    /// archive comes before a repository.
    /// </summary>
    /// <exception cref="NuaException">The address, or the branch, cannot be one.</exception>
    public static RemoteSource? Of(Package package) => package.Build switch
    {
        { Builder: null, Builders: [], Method: BuildMethod.Wrap } => null,
        { Builder: null, Builders: [], Method: null, BaseImage: not null } => null,
        { SrcUrl: { } url } build => new Archive("src-url", url, package.Metadata.Id, build.SrcChecksum),
        { Project: { } url } build when IsAddress(url) => new Archive("project", url, package.Metadata.Id, build.SrcChecksum),
        { GitUrl: { } url } build => new Git(url, build.GitBranch),
        _ => null,
    };

    /// <summary>The folder that <c>[build] project</c> names in the source, if it names one.</summary>
    internal static string ProjectIn(BuildSection build) => build.Project is { } project && !IsAddress(project) ? project : "";

    private static bool IsAddress(string text) => text.Contains("://", StringComparison.Ordinal);

    // Whatever is in the address is written into the image: a password is not to be.
    private static string Checked(string key, string url) => Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address is { Host.Length: > 0, UserInfo: "" }
        && !url.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign))
            ? url
            : throw new NuaException(BuildProblems.BadSourceAddress(key, url));

    // As git has them, but for one that would be read as an option.
    [GeneratedRegex(@"^(?!-)(?!.*(?:\.\.|//|@\{))[^\x00-\x20\x7f~^:?*\[\\]{1,250}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BranchName { get; }

    [GeneratedRegex("[^A-Za-z0-9._-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unusual { get; }
}
