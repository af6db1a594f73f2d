using System.Globalization;
using Nua.Core.Detecting;
using Nua.Core.Packages;

namespace Nua.Engine.Build.Builders;

/// <summary>
/// What a <c>Procfile</c> decides where the nua-config does not: what starts, what runs before it, and the variable
/// <c>PORT</c>, which all who write one count on.
/// </summary>
internal sealed record ProcfileUse
{
    private const string PortVariable = "PORT";

    private const int UsualPort = 8000;

    /// <summary>Its <c>web</c>; <see langword="null"/>: it has none.</summary>
    public SuggestedStart? Start { get; private init; }

    /// <summary>Its <c>release</c>.</summary>
    public IReadOnlyList<string> Before { get; private init; } = [];

    /// <summary>The environment of the app.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private init; } = new Dictionary<string, string>();

    public IReadOnlyList<Decision> Decisions { get; private init; } = [];

    /// <summary>Nothing at all when there is none, or the builder only serves files: it starts a server of its own.</summary>
    public static ProcfileUse Of(BuildInput input, IAppBuilder main)
    {
        if (input.Procfile is not { } procfile || !main.SharesImage)
        {
            return new ProcfileUse();
        }

        var port = PortOf(input.Package);
        var environment = EnvironmentOf(input.Package, procfile, port);
        return new ProcfileUse
        {
            Start = procfile.Web is { } web ? new SuggestedStart(web, "web of the Procfile says so", port) : null,
            Before = procfile.Release is { } release ? [release] : [],
            Environment = environment,
            Decisions =
            [
                .. environment.Select(variable => new Decision(variable.Key, variable.Value, "what a Procfile starts reads there where to listen")),
                .. Explain(input, procfile),
            ],
        };
    }

    private static Dictionary<string, string> EnvironmentOf(Package package, Procfile procfile, int? port) =>
        procfile.Web is not null && port is { } number && !package.Env.ContainsKey(PortVariable)
            ? new() { [PortVariable] = number.ToString(CultureInfo.InvariantCulture) }
            : [];

    private static IEnumerable<Decision> Explain(BuildInput input, Procfile procfile)
    {
        if (procfile.Release is { } release)
        {
            yield return input.Run.BeforeRun.Count > 0
                ? new Decision("release", "not run", "[run] before-run takes the place of the Procfile's")
                : new Decision("before-run", release, "release of the Procfile says so: at every start, and the app does not start when it fails");
        }

        if (procfile.Others.Count > 0)
        {
            yield return new Decision("other processes", $"{string.Join(", ", procfile.Others)}: not started", "an image starts one server, web of the Procfile");
        }
    }

    /// <summary>Where the app is expected to listen; <see langword="null"/>: that is known only when it is deployed.</summary>
    private static int? PortOf(Package package) => package.Ports.FirstOrDefault(port => port.Name == "web")?.Container switch
    {
        PortNumber.Fixed port => port.Number,
        not null => null,
        null => package.Env.GetValueOrDefault(PortVariable) switch
        {
            null => UsualPort,
            Setting.Literal literal when int.TryParse(literal.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        },
    };
}
