namespace Nua.Core.Packages.Reading;

/// <summary>Reads <c>[update]</c>.</summary>
internal static class UpdateReader
{
    public static readonly IReadOnlyDictionary<string, UpdateStrategy> Strategies = new OrderedDictionary<string, UpdateStrategy>
    {
        ["auto"] = UpdateStrategy.Auto,
        ["rolling"] = UpdateStrategy.Rolling,
        ["hold"] = UpdateStrategy.Hold,
        ["stop-first"] = UpdateStrategy.StopFirst,
    };

    public static UpdateSection Read(Section section)
    {
        var update = new UpdateSection { Migrate = section.OneOrMore("migrate") };
        return update with
        {
            Strategy = section.Choice("strategy", Strategies) ?? update.Strategy,
            Watch = section.Duration("watch", TimeSpan.Zero) ?? update.Watch,
        };
    }
}
