namespace Nua.Core.Detecting;

/// <summary>A Ruby application: <c>Gemfile</c>, or <c>config.ru</c>.</summary>
internal sealed class Ruby : IDetectionRule
{
    private const string Rack = "config.ru";
    private const string Rails = "config/application.rb";

    private static readonly string[] Manifests = ["Gemfile", "Gemfile.lock"];

    /// <summary>Where a main program is looked for, best first.</summary>
    private static readonly string[] Programs = ["app.rb", "main.rb", "server.rb"];

    public Detection? Apply(SourceTree tree)
    {
        var manifests = tree.Existing(Manifests);
        if (manifests.Count == 0 && !tree.Has(Rack))
        {
            return null;
        }

        var start = StartOf(tree, manifests);
        var because = manifests.Count == 0 ? $"{Rack} starts a Ruby application" : $"{manifests[0]} describes a Ruby project";
        return new Detection(
            Languages.Ruby,
            start is null || manifests.Count == 0 ? because : $"{because}; {start.Because}",
            [.. manifests, .. start is null ? [] : (string[])[start.File]],
            start is null ? null : (manifests.Count == 0 ? "" : "bundle exec ") + start.Command,
            start?.Port);
    }

    private static Start? StartOf(SourceTree tree, IReadOnlyList<string> manifests)
    {
        if (tree.Has(Rails))
        {
            return new Start(Rails, "rails server --binding 0.0.0.0 --port 3000", 3000, $"{Rails} is Rails'");
        }

        if (tree.Has(Rack))
        {
            var command = tree.WhoNames("puma", manifests) is null ? "rackup --host 0.0.0.0 --port 9292" : "puma --bind tcp://0.0.0.0:9292";
            return new Start(Rack, command, 9292, $"{Rack} is what Rack starts");
        }

        var program = tree.FirstExisting(Programs);
        return program is null
            ? null
            : new Start(program, $"ruby {program}", tree.WhoNames("sinatra", [program]) is null ? null : 4567, $"{program} looks like its main program");
    }

    private sealed record Start(string File, string Command, int? Port, string Because);
}
