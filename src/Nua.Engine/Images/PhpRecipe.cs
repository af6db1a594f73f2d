namespace Nua.Engine.Images;

/// <summary>The distribution's PHP: php-fpm, and nginx before it, both as an ordinary user.</summary>
public static class PhpRecipe
{
    /// <summary>Starts both; it wants nginx's configuration as its argument.</summary>
    public const string Serve = "serve-php";

    /// <summary>Where nginx hands requests over.</summary>
    public const string Socket = "/tmp/php-fpm.sock";

    /// <summary>No upload is larger.</summary>
    public const string LargestRequest = "64M";

    private const string Settings = "/etc/php-fpm.conf";

    /// <summary>
    /// The agent follows one process. When either server ends, so does this one, and the agent ends the other: a container whose
    /// PHP is gone would go on to answer, with errors.
    /// </summary>
    private const string Script =
        $"""
        #!/bin/bash
        rm -f {Socket}
        php-fpm --nodaemonize --fpm-config {Settings} &
        until test -S {Socket}; do
            kill -0 $! || exit 1
            sleep 0.05
        done
        nginx -e stderr -c "$1" &
        wait -n
        echo "php-fpm or nginx has ended, so the other does too." >&2
        exit 1

        """;

    private const string Pool =
        $"""
        [global]
        daemonize = no
        error_log = /dev/stderr
        log_level = warning

        [www]
        listen = {Socket}
        pm = dynamic
        pm.max_children = 10
        pm.start_servers = 2
        pm.min_spare_servers = 1
        pm.max_spare_servers = 3
        pm.max_requests = 1000
        ; The app's environment, secrets among it, is what it is configured by.
        clear_env = no
        catch_workers_output = yes
        decorate_workers_output = no
        php_admin_flag[log_errors] = on
        php_admin_value[error_log] = /dev/stderr
        php_admin_flag[expose_php] = off
        php_value[upload_max_filesize] = {LargestRequest}
        php_value[post_max_size] = {LargestRequest}

        """;

    /// <summary>What a PHP application runs on.</summary>
    public static ImageRecipe Server { get; } = new()
    {
        Name = "php",
        Version = "8",
        Files = new Dictionary<string, string> { [$"/usr/local/bin/{Serve}"] = Script, [Settings] = Pool },
        // The last is what php-fpm needs of systemd, without the rest.
        Packages = ["ca-certificates", "nginx-light", "php-fpm", "systemd-standalone-tmpfiles"],
        SetUp = ["chmod 1777 /var/lib/nginx && ln -s /usr/sbin/php-fpm[0-9]* /usr/sbin/php-fpm"],
    };

    /// <summary>The same with Composer, and what it fetches packages with: to build on.</summary>
    public static ImageRecipe Composer { get; } = Server with
    {
        Name = "composer",
        Packages = [.. Server.Packages, "composer", "git", "unzip"],
    };
}
