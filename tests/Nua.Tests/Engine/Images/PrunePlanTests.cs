using Nua.Engine.Images;
using Xunit;

namespace Nua.Tests.Engine.Images;

public sealed class PrunePlanTests
{
    private static readonly ImageLayer Base = new("base", "FROM", 100);

    [Fact]
    public void The_newest_builds_of_each_app_stay_and_what_deployments_want()
    {
        var all = new[] { App("notes", 1), App("notes", 2), App("notes", 3), App("wiki", 1) };

        Assert.Equal(["nua-notes:1", "nua-notes:2"], Going(all, keep: 1));
        Assert.Equal(["nua-notes:1"], Going(all, keep: 2));
        Assert.Equal(["nua-notes:1"], Going(all, keep: 1, "notes-2"));
        Assert.Equal(["nua-notes:1", "nua-notes:2", "nua-notes:3", "nua-wiki:1"], Going(all, keep: 0));
    }

    [Fact]
    public void What_lost_its_name_goes_and_is_none_of_the_builds_that_stay()
    {
        var all = new[] { App("notes", 1), App("notes", 2, []) };

        Assert.Equal(["notes-2"], Going(all, keep: 1));
        Assert.Empty(Going(all, keep: 1, "notes-2"));
    }

    [Fact]
    public void What_somebody_gave_a_further_name_stays()
    {
        var all = new[] { App("notes", 1, "nua-notes:1", "registry.example.org/notes:good"), App("notes", 2) };

        Assert.Empty(Going(all, keep: 1));
    }

    [Fact]
    public void Images_to_build_on_stay_as_long_as_they_have_a_name()
    {
        var all = new[] { Supplied("python", "nua/python:3"), Supplied("old") };

        Assert.Equal(["old"], Going(all, keep: 0));
    }

    [Fact]
    public void Of_a_series_only_the_newest_stays()
    {
        var all = new[] { OfSeries("python", 1), OfSeries("python", 2), OfSeries("node", 1), OfSeries("ruby", 1, "mine/ruby"), OfSeries("ruby", 2) };

        Assert.Equal(["nua/app-base:python-1"], Going(all, keep: 0));
        Assert.Empty(Going(all, keep: 0, "python-1"));
    }

    [Fact]
    public void Only_layers_that_nothing_else_has_are_counted_and_each_once()
    {
        var shared = new ImageLayer("shared", "RUN", 10);
        var first = App("notes", 1) with { Layers = [Base, shared, new ImageLayer("a", "COPY", 1)] };
        var second = App("notes", 2) with { Layers = [Base, shared, new ImageLayer("b", "COPY", 2)] };
        var third = App("notes", 3) with { Layers = [Base, new ImageLayer("c", "COPY", 4)] };

        var plan = PrunePlan.For([first, second, third], new HashSet<string>(), keep: 1);

        Assert.Equal([11, 2], plan.Images.Select(one => one.FreedBytes));
    }

    private static IEnumerable<string> Going(IReadOnlyList<ImageDetail> all, int keep, params string[] wanted) =>
        PrunePlan.For(all, wanted.ToHashSet(), keep).Images.Select(one => one.Image.Reference);

    private static ImageDetail App(string app, int number) => App(app, number, $"nua-{app}:{number}");

    private static ImageDetail App(string app, int number, params string[] names) => Detail($"{app}-{number}", number, ImageLabels.App, app, names);

    private static ImageDetail OfSeries(string series, int minute, params string[] further) =>
        Detail($"{series}-{minute}", minute, ImageLabels.Series, series, [$"nua/app-base:{series}-{minute}", .. further]);

    private static ImageDetail Supplied(string id, params string[] names) => Detail(id, 1, ImageLabels.Recipe, id, names);

    private static ImageDetail Detail(string id, int minute, string label, string value, IReadOnlyList<string> names) => new(
        new Image(
            names.Count > 0 ? names[0] : id, id, 100, DateTimeOffset.UnixEpoch.AddMinutes(minute), new Dictionary<string, string> { [label] = value }),
        names,
        [Base],
        new ImageConfig());
}
