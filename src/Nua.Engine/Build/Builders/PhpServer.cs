using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>What nginx is told for pages of PHP: files are its own to serve, programs are php-fpm's to run.</summary>
internal static class PhpServer
{
    public const string Command = $"{PhpRecipe.Serve} {WebServer.File}";

    /// <summary>What of a package's own folder is nobody's to read.</summary>
    private static readonly string[] OfThePackage = ["nua/", "vendor/", "composer."];

    // What try_files finds makes nginx forget the rest of the path, so it is kept.
    private const string Pages =
        $$"""


                client_max_body_size {{PhpRecipe.LargestRequest}};

                # The gateway ends HTTPS, and says so.
                set $https_before "";
                if ($http_x_forwarded_proto = https) {
                    set $https_before on;
                }

                location ~ \.php(?:/|$) {
                    fastcgi_split_path_info ^(.+?\.php)(/.*)?$;
                    set $path_info $fastcgi_path_info;
                    try_files $fastcgi_script_name =404;

                    include /etc/nginx/fastcgi_params;
                    fastcgi_param HTTPS $https_before if_not_empty;
                    fastcgi_param HTTP_PROXY "";
                    fastcgi_param PATH_INFO $path_info if_not_empty;
                    fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
                    fastcgi_pass unix:{{PhpRecipe.Socket}};
                }
        """;

    /// <param name="port">Where it listens.</param>
    /// <param name="root">The folder it serves.</param>
    /// <param name="isProject">It is the project's own folder, and no page's alone.</param>
    public static WebServer Of(int port, string root, bool isProject) => new(port, root)
    {
        Hidden = isProject ? OfThePackage : [],
        Index = "index.php index.html",
        Otherwise = "/index.php$is_args$args",
        Further = Pages,
    };
}
