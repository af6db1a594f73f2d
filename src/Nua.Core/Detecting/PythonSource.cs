using System.Text.RegularExpressions;

namespace Nua.Core.Detecting;

/// <summary>A Python source tree: <c>requirements.txt</c>, <c>pyproject.toml</c> or <c>setup.py</c>.</summary>
internal sealed partial class PythonSource : IDetectionRule
{
    private static readonly string[] Manifests = ["requirements.txt", "pyproject.toml", "setup.py"];

    /// <summary>Where an application object or a main program is looked for, best first.</summary>
    private static readonly string[] Modules = ["app.py", "main.py", "wsgi.py", "asgi.py", "server.py", "application.py", "run.py"];

    private static readonly string[] AsgiFrameworks = ["fastapi", "starlette"];

    public Detection? Apply(SourceTree tree)
    {
        var manifests = tree.Existing(Manifests);
        if (manifests.Count == 0)
        {
            return null;
        }

        var start = Django(tree, manifests) ?? Asgi(tree, manifests) ?? Flask(tree, manifests) ?? Script(tree);
        return start is null
            ? new Detection(Languages.PythonSource, $"{manifests[0]} describes a Python project", manifests)
            : new Detection(
                Languages.PythonSource,
                $"{manifests[0]} describes a Python project; {start.Because}",
                [.. manifests, .. start.Files.Except(manifests)],
                start.Command,
                start.Port);
    }

    private static Start? Django(SourceTree tree, IReadOnlyList<string> manifests)
    {
        if (!tree.Has("manage.py"))
        {
            return null;
        }

        var wsgi = tree.Paths.FirstOrDefault(path => path.EndsWith("/wsgi.py", StringComparison.Ordinal));
        var command = wsgi is not null && tree.WhoNames("gunicorn", manifests) is not null
            ? $"gunicorn --bind 0.0.0.0:8000 {ModuleOf(wsgi)}:application"
            : "python manage.py runserver --noreload 0.0.0.0:8000";
        return new Start(command, 8000, "manage.py is Django's", ["manage.py", .. wsgi is null ? [] : (string[])[wsgi]]);
    }

    private static Start? Asgi(SourceTree tree, IReadOnlyList<string> manifests)
    {
        var framework = AsgiFrameworks.FirstOrDefault(name => tree.WhoNames(name, manifests) is not null);
        return framework is not null && ApplicationObject(tree, AsgiObject) is var (file, name)
            ? new Start(
                $"uvicorn --host 0.0.0.0 --port 8000 {ModuleOf(file)}:{name}", 8000, $"{file} makes a {framework} application", [file])
            : null;
    }

    private static Start? Flask(SourceTree tree, IReadOnlyList<string> manifests)
    {
        if (tree.WhoNames("flask", manifests) is null || ApplicationObject(tree, FlaskObject) is not var (file, name))
        {
            return null;
        }

        var target = $"{ModuleOf(file)}:{name}";
        var command = tree.WhoNames("gunicorn", manifests) is null
            ? $"flask --app {target} run --host 0.0.0.0 --port 5000"
            : $"gunicorn --bind 0.0.0.0:5000 {target}";
        return new Start(command, 5000, $"{file} makes a Flask application", [file]);
    }

    private static Start? Script(SourceTree tree)
    {
        var file = tree.FirstExisting(Modules);
        return file is null ? null : new Start($"python {file}", null, $"{file} looks like its main program", [file]);
    }

    /// <summary>The file that makes the application, and the name it gives it.</summary>
    private static (string File, string Name)? ApplicationObject(SourceTree tree, Regex pattern)
    {
        var packages = tree.Paths.Where(path => path.EndsWith("/__init__.py", StringComparison.Ordinal) && path.Count('/') <= 2);
        var inPackages = tree.Paths.Where(path => path.Count('/') == 1 && Modules.Contains(Path.GetFileName(path)));
        foreach (var file in tree.Existing(Modules).Concat(packages).Concat(inPackages))
        {
            if (pattern.Match(tree.Text(file)) is { Success: true } match)
            {
                return (file, match.Groups["name"].Value);
            }
        }

        return null;
    }

    /// <summary><c>src/shop/__init__.py</c> is the module <c>shop</c>.</summary>
    private static string ModuleOf(string path)
    {
        var module = path.StartsWith("src/", StringComparison.Ordinal) ? path["src/".Length..] : path;
        module = module.EndsWith("/__init__.py", StringComparison.Ordinal) ? module[..^"/__init__.py".Length] : module[..^".py".Length];
        return module.Replace('/', '.');
    }

    private sealed record Start(string Command, int? Port, string Because, IReadOnlyList<string> Files);

    [GeneratedRegex(@"^(?<name>[A-Za-z_]\w*)[ \t]{0,8}(?::[^=\n]{1,80})?=[ \t]{0,8}(?:flask\.)?Flask\(", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FlaskObject { get; }

    [GeneratedRegex(@"^(?<name>[A-Za-z_]\w*)[ \t]{0,8}(?::[^=\n]{1,80})?=[ \t]{0,8}(?:\w+\.)?(?:FastAPI|Starlette)\(", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AsgiObject { get; }
}
