namespace Nua.Engine.Build.Builders;

/// <summary>A program that npm's registry carries, for stages that build. It is compared with a hash: the package's, or one of ours.</summary>
/// <param name="Package">What it is called there.</param>
/// <param name="Version">Its version.</param>
/// <param name="Check">What its content is compared with; <see langword="null"/>: with what the registry says, which npm does.</param>
internal sealed record NodeTool(string Package, string Version, ContentCheck? Check)
{
    public const string YarnPackage = "@yarnpkg/cli-dist";

    public const string ClassicYarn = "1.22.22";

    /// <summary>Where it is, in stages that build.</summary>
    private const string Folder = "/tmp/manager";

    private const string Pnpm7 = "7.33.7";
    private const string Pnpm8 = "8.15.9";
    private const string Pnpm10 = "10.34.9";
    private const string Yarn3 = "3.8.7";
    private const string Yarn4 = "4.13.0";
    private const string Yarn414 = "4.14.1";
    private const string Yarn418 = "4.18.1";

    private static readonly Dictionary<string, string> Known = new()
    {
        [$"pnpm@{Pnpm10}"] = "9JtajqD97bRLs8DB1ldQkqU8KVDZW3rRXfEfF5dId6LeOgHAfpNOmyjOcW5RwJqUlixzBtCb4uHksYqMh2L9Mg==",
        ["pnpm@9.15.9"] = "aARhQYk8ZvrQHAeSMRKOmvuJ74fiaR1p5NQO7iKJiClf1GghgbrlW1hBjDolO95lpQXsfF+UA+zlzDzTfc8lMQ==",
        [$"pnpm@{Pnpm8}"] = "SZQ0ydj90aJ5Tr9FUrOyXApjOrzuW7Fee13pDzL0e1E6ypjNXP0AHDHw20VLw4BO3M1XhQHkyik6aBYWa72fgQ==",
        [$"pnpm@{Pnpm7}"] = "ev4kEGQrOcaY30baTOXHIxpczjYGmNafjPj0IlfUCz5D8jEFOwe43oSf1P+/SnH/V7g1E3d3o1I4jz09p0cgDg==",
        [$"{YarnPackage}@{Yarn418}"] = "EH+A4TxAtBWXKE0DGQxW9Bo9crXHLJ73mfxjTQJuv8XonNWWTpei8BQ5JjczHJNU9GROTycwMFn8iOvRIZXUcA==",
        [$"{YarnPackage}@{Yarn414}"] = "62uYRCYBnAwNZ1Y4uMh0iUXtgZe4frwAgd5dJFoTu/uWMZWpJzxY2ib0cAva1eiy1L2jiDR0dS1Os+1osiIxvA==",
        [$"{YarnPackage}@{Yarn4}"] = "c0YdSja652OezJqFnz9+pZwKfKAiBu2aRPJiHPU73sirTGgvQRTyaS5Y6PQHAmmaoa3RjCY6f3L2q9g8S/urqw==",
        [$"{YarnPackage}@{Yarn3}"] = "YMoAlLR9f+kxXjK72ggBIidi3ulQQrQpMSxzrLUt0OUk9Xdst2v26LBSYFlzOm+7KRNWgYIJpFjA8uRnCgB5xQ==",
        [$"yarn@{ClassicYarn}"] = "prL3kGtyG7o9Z9Sv8IPfBNrWTDmXB4Qbes8A9rEzt6wkJV8mUvoirjU0Mp3GGAU06Y0XQyA3/2/RQFVuK7MTfg==",
    };

    /// <summary>The folder with its programs.</summary>
    public static string Programs => $"{Folder}/bin";

    /// <summary>The pnpm that reads a lock file of that version, empty when there is none.</summary>
    public static string PnpmFor(string lockVersion) => lockVersion switch
    {
        "5" => Pnpm7,
        "6" => Pnpm8,
        _ => Pnpm10,
    };

    /// <summary>The yarn, not the classic one, that leaves a lock file of that version as it is; empty when there is none.</summary>
    public static string YarnFor(string lockVersion) => lockVersion switch
    {
        "4" or "5" or "6" or "7" => Yarn3,
        "8" => Yarn4,
        "9" => Yarn414,
        _ => Yarn418,
    };

    public static NodeTool Of(string package, AskedManager asked) => new(
        package, asked.Version!, asked.Hash is { } hash ? HashOf(package, hash) : KnownHash($"{package}@{asked.Version}"));

    /// <summary>The shell line that lays it into its folder.</summary>
    public string InstallLine() => string.Join(" && ", (string[])
    [
        $"mkdir -p {Folder}",
        $"cd {Folder}",
        $"npm pack --silent {Package}@{Version}",
        .. Check is { File: null } ? [Check.Line("*.tgz")] : (string[])[],
        $"npm install --global --prefix {Folder} --ignore-scripts --no-audit --no-fund ./*.tgz",
        .. Check is { File: { } file } ? [Check.Line(file)] : (string[])[],
        "rm *.tgz",
    ]);

    // The hash that goes with yarn is the program's own; that of the others is the archive's.
    private static ContentCheck HashOf(string package, ContentCheck hash) =>
        package == YarnPackage ? hash with { File = $"lib/node_modules/{YarnPackage}/bin/yarn.js" } : hash;

    private static ContentCheck? KnownHash(string name) =>
        Known.TryGetValue(name, out var hash) ? new ContentCheck("sha512", Convert.ToHexStringLower(Convert.FromBase64String(hash))) : null;
}

/// <summary>What a file is compared with.</summary>
/// <param name="Algorithm">Such as <c>sha512</c>.</param>
/// <param name="Hash">In hexadecimal digits.</param>
/// <param name="File">The file; <see langword="null"/>: the archive it came in.</param>
internal sealed record ContentCheck(string Algorithm, string Hash, string? File = null)
{
    public string Line(string path) => $"echo '{Hash} ' {path} | {Algorithm}sum -c --quiet";
}
