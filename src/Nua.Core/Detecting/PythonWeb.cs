using System.Text.RegularExpressions;

namespace Nua.Core.Detecting;

/// <summary>
/// Web applications of Python's frameworks, and the server that starts each: the first that the manifests name of those that
/// speak its interface, WSGI or ASGI.
/// </summary>
internal static partial class PythonWeb
{
    private const int Port = 8000;

    private static readonly Server[] Wsgi =
    [
        new("gunicorn", (target, port) => $"gunicorn --bind 0.0.0.0:{port} {target}"),
        new("waitress", (target, port) => $"waitress-serve --listen=0.0.0.0:{port} {target}"),
    ];

    private static readonly Server[] Asgi =
    [
        new("uvicorn", (target, port) => $"uvicorn --host 0.0.0.0 --port {port} {target}"),
        new("hypercorn", (target, port) => $"hypercorn --bind 0.0.0.0:{port} {target}"),
        new("daphne", (target, port) => $"daphne --bind 0.0.0.0 --port {port} {target}"),
    ];

    private static readonly Framework[] Frameworks =
    [
        new("fastapi", "a FastAPI", ["FastAPI"], Asgi, Asgi[0].Line),
        new("starlette", "a Starlette", ["Starlette"], Asgi, Asgi[0].Line),
        new("litestar", "a Litestar", ["Litestar"], Asgi, Asgi[0].Line),
        new("quart", "a Quart", ["Quart"], Asgi, (target, port) => $"quart --app {target} run --host 0.0.0.0 --port {port}"),
        new("flask", "a Flask", ["Flask"], Wsgi, (target, port) => $"flask --app {target} run --host 0.0.0.0 --port {port}", 5000),
        new("bottle", "a Bottle", ["Bottle", "default_app"], Wsgi, Usual: null),
        new("falcon", "a Falcon", ["App", "API"], Wsgi, Usual: null),
    ];

    /// <summary>Falcon makes both kinds; where this is in its name, it is the asynchronous one.</summary>
    private static readonly Framework AsyncFalcon = new("falcon", "an asynchronous Falcon", ["App"], Asgi, Asgi[0].Line);

    public static PythonStart? Django(SourceTree tree, IReadOnlyList<string> manifests)
    {
        if (!tree.Has("manage.py"))
        {
            return null;
        }

        var (file, server) = Module("wsgi.py", Wsgi) ?? Module("asgi.py", Asgi) ?? default;
        var command = server is null
            ? $"python manage.py runserver --noreload 0.0.0.0:{Port}"
            : server.Line($"{ModuleOf(file)}:application", Port);
        return new PythonStart(command, Port, "manage.py is Django's", ["manage.py", .. server is null ? [] : (string[])[file]]);

        (string File, Server Server)? Module(string name, Server[] servers) =>
            tree.Paths.FirstOrDefault(path => path.EndsWith($"/{name}", StringComparison.Ordinal)) is { } path
            && NamedOf(servers, tree, manifests) is { } named
                ? (path, named)
                : null;
    }

    /// <summary>Of the frameworks that the manifests name, the first of which there is an application object.</summary>
    public static PythonStart? Application(SourceTree tree, IReadOnlyList<string> manifests) => Frameworks
        .Where(framework => tree.WhoNames(framework.Name, manifests) is not null)
        .Select(framework => StartOf(framework, tree, manifests))
        .FirstOrDefault(start => start is not null);

    private static PythonStart? StartOf(Framework framework, SourceTree tree, IReadOnlyList<string> manifests)
    {
        if (ObjectOf(framework, tree) is not var (file, target, isAsync))
        {
            return null;
        }

        var kind = isAsync ? AsyncFalcon : framework;
        var line = NamedOf(kind.Servers, tree, manifests)?.Line ?? kind.Usual;
        return line is null ? null : new PythonStart(line(target, kind.Port), kind.Port, $"{file} makes {kind.Title} application", [file]);
    }

    /// <summary>The file that makes the application, and what servers are told.</summary>
    private static (string File, string Target, bool IsAsync)? ObjectOf(Framework framework, SourceTree tree)
    {
        foreach (var file in Candidates(tree))
        {
            var text = tree.Text(file);
            if (Assigned.Matches(text).FirstOrDefault(match => framework.Makers.Contains(match.Groups["maker"].Value)) is { } match)
            {
                var isAsync = framework.Name == "falcon"
                    && (match.Groups["from"].Value.Contains("asgi", StringComparison.Ordinal) || text.Contains("falcon.asgi", StringComparison.Ordinal));
                return (file, $"{ModuleOf(file)}:{match.Groups["name"].Value}", isAsync);
            }

            if (framework.Name == "flask" && Factory.IsMatch(text))
            {
                return (file, $"'{ModuleOf(file)}:create_app()'", false);
            }
        }

        return null;
    }

    private static IEnumerable<string> Candidates(SourceTree tree)
    {
        var packages = tree.Paths.Where(path => path.EndsWith("/__init__.py", StringComparison.Ordinal) && path.Count('/') <= 2);
        var inPackages = tree.Paths.Where(path => path.Count('/') == 1 && PythonSource.Modules.Contains(Path.GetFileName(path)));
        return tree.Existing(PythonSource.Modules).Concat(packages).Concat(inPackages);
    }

    private static Server? NamedOf(IEnumerable<Server> servers, SourceTree tree, IReadOnlyList<string> manifests) =>
        servers.FirstOrDefault(server => tree.WhoNames(server.Name, manifests) is not null);

    /// <summary><c>src/shop/__init__.py</c> is the module <c>shop</c>.</summary>
    private static string ModuleOf(string path)
    {
        var module = path.StartsWith("src/", StringComparison.Ordinal) ? path["src/".Length..] : path;
        module = module.EndsWith("/__init__.py", StringComparison.Ordinal) ? module[..^"/__init__.py".Length] : module[..^".py".Length];
        return module.Replace('/', '.');
    }

    /// <param name="Name">As manifests name it.</param>
    /// <param name="Line">The shell line that serves an application on a port.</param>
    private sealed record Server(string Name, Func<string, int, string> Line);

    /// <param name="Name">As manifests name it.</param>
    /// <param name="Title">What an application of it is called.</param>
    /// <param name="Makers">The classes and functions that make one.</param>
    /// <param name="Servers">Those that can serve it, best first.</param>
    /// <param name="Usual">Where none of them is named; <see langword="null"/>: its own program serves it.</param>
    /// <param name="Port">Where it listens.</param>
    private sealed record Framework(
        string Name, string Title, string[] Makers, Server[] Servers, Func<string, int, string>? Usual, int Port = PythonWeb.Port);

    [GeneratedRegex(
        @"^(?<name>[A-Za-z_]\w*)[ \t]{0,8}(?::[^=\n]{1,80})?=[ \t]{0,8}(?<from>(?:\w+\.){0,2})(?<maker>\w+)\(",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assigned { get; }

    [GeneratedRegex(@"^def create_app\(", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Factory { get; }
}
