using System.Text.RegularExpressions;

namespace Nua.Engine.Build.Builders;

/// <summary>Which distribution packages carry the extensions of PHP.</summary>
internal static partial class PhpExtensions
{
    /// <summary>Those that every PHP of the distribution has.</summary>
    private static readonly HashSet<string> BuiltIn =
    [
        "calendar", "core", "ctype", "date", "exif", "ffi", "fileinfo", "filter", "ftp", "gettext", "hash", "iconv", "json", "libxml",
        "openssl", "pcntl", "pcre", "pdo", "phar", "posix", "random", "readline", "reflection", "session", "shmop", "sockets", "sodium",
        "spl", "standard", "sysvmsg", "sysvsem", "sysvshm", "tokenizer", "zend-opcache", "zlib",
    ];

    /// <summary>Distribution packages for the extensions; one the distribution does not have is found out when it is installed.</summary>
    public static IReadOnlyList<string> Packages(IEnumerable<string> extensions) =>
    [
        .. extensions.Where(name => !BuiltIn.Contains(name) && Name.IsMatch(name)).Select(name => $"php-{PartOf(name)}").Distinct(),
    ];

    /// <summary>Several come in one package.</summary>
    private static string PartOf(string extension) => extension switch
    {
        "dom" or "simplexml" or "xmlreader" or "xmlwriter" or "xsl" => "xml",
        "mysqli" or "pdo_mysql" or "mysqlnd" => "mysql",
        "pdo_pgsql" => "pgsql",
        "pdo_sqlite" => "sqlite3",
        "pdo_odbc" => "odbc",
        _ => extension.Replace('_', '-'),
    };

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,40}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }
}
