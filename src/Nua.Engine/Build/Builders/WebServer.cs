using System.Globalization;
using Nua.Core.Packages;

namespace Nua.Engine.Build.Builders;

/// <summary>The server of files: nginx, as an ordinary user, behind Nua's gateway.</summary>
/// <param name="Port">Where it listens.</param>
/// <param name="Root">The folder it serves.</param>
internal sealed record WebServer(int Port, string Root)
{
    public const int DefaultPort = 8080;

    public const string File = "/nua/nginx.conf";

    public const string ContextFile = "nua/nginx.conf";

    // The place of the first errors is built in, and not open to an ordinary user.
    public const string Command = $"nginx -e stderr -c {File}";

    /// <summary>What of the folder is not for visitors: paths begin so.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>The files that answer for a folder, best first.</summary>
    public string Index { get; init; } = "index.html";

    /// <summary>What is tried for a path that is neither file nor folder, best first.</summary>
    public string Otherwise { get; init; } = "$uri.html =404";

    /// <summary>Further directives of the server, in nginx's words.</summary>
    public string Further { get; init; } = "";

    private const string Main =
        """
        daemon off;
        pid /tmp/nginx.pid;
        worker_processes auto;
        error_log stderr warn;

        events {
            worker_connections 1024;
        }

        """;

    private const string Http =
        """
            include /etc/nginx/mime.types;
            default_type application/octet-stream;
            charset utf-8;
            access_log /dev/stdout;
            client_body_temp_path /tmp/nginx-body;
            proxy_temp_path /tmp/nginx-proxy;
            fastcgi_temp_path /tmp/nginx-fastcgi;
            uwsgi_temp_path /tmp/nginx-uwsgi;
            scgi_temp_path /tmp/nginx-scgi;
            sendfile on;
            tcp_nopush on;
            server_tokens off;
            absolute_redirect off;
            gzip on;
            gzip_vary on;
            gzip_types application/javascript application/json application/xml image/svg+xml text/css text/plain text/xml;

        """;

    /// <summary>The port that a package says its site is on.</summary>
    public static int PortOf(Package package) =>
        package.Ports.FirstOrDefault(port => port.Name == "web")?.Container is PortNumber.Fixed port ? port.Number : DefaultPort;

    public string ToConfig() =>
        $$"""
        {{Main}}
        http {
        {{Http}}
            server {
                listen {{Port.ToString(CultureInfo.InvariantCulture)}};
                root {{Root}};
                index {{Index}};
                error_page 404 /404.html;

                location / {
                    try_files $uri $uri/ {{Otherwise}};
                }

                # Hidden files, but for what standards put there.
                location ~ /\.(?!well-known/) {
                    return 404;
                }{{string.Concat(Hidden.Select(Hiding))}}{{Further}}
            }
        }

        """;

    private static string Hiding(string path) =>
        $$"""


                location ^~ /{{path}} {
                    return 404;
                }
        """;
}
