using System.Globalization;

namespace Nua.Engine.Build.Builders;

/// <summary>The server of static sites: nginx, as an ordinary user, behind Nua's gateway.</summary>
/// <param name="Port">Where it listens.</param>
/// <param name="Root">The folder it serves.</param>
/// <param name="HidesNua">The folder is the package's own, so the <c>nua</c> folder in it is not for visitors.</param>
internal sealed record WebServer(int Port, string Root, bool HidesNua)
{
    public const string File = "/nua/nginx.conf";

    public const string ContextFile = "nua/nginx.conf";

    // The place of the first errors is built in, and not open to an ordinary user.
    public const string Command = $"nginx -e stderr -c {File}";

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

    private const string Hiding =
        """


                location ^~ /nua/ {
                    return 404;
                }
        """;

    public string ToConfig() =>
        $$"""
        {{Main}}
        http {
        {{Http}}
            server {
                listen {{Port.ToString(CultureInfo.InvariantCulture)}};
                root {{Root}};
                index index.html;
                error_page 404 /404.html;

                location / {
                    try_files $uri $uri/ $uri.html =404;
                }

                # Hidden files, but for what standards put there.
                location ~ /\.(?!well-known/) {
                    return 404;
                }{{(HidesNua ? Hiding : "")}}
            }
        }

        """;
}
