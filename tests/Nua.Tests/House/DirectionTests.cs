using System.Text.RegularExpressions;
using Xunit;

namespace Nua.Tests.House;

/// <summary>The rooms of the engine form a ladder: a room may use the rooms below it, never the ones above.</summary>
public sealed partial class DirectionTests
{
    private static readonly string[] Ladder =
    [
        "Operations", "Access",
        "Runtimes", "Images", "State", "Routing", "Providers",
        "Build", "Protocol", "Deploy", "Measuring", "Commands", "Cloning", "Backup", "Update", "Recovery",
    ];

    [Fact]
    public void No_room_reaches_up()
    {
        var engine = Path.Combine(RepositoryRoot(), "src", "Nua.Engine");
        var climbs =
            from file in Directory.EnumerateFiles(engine, "*.cs", SearchOption.AllDirectories)
            let room = Path.GetRelativePath(engine, file).Split(Path.DirectorySeparatorChar)[0]
            where Ladder.Contains(room)
            from Match use in EngineUse.Matches(File.ReadAllText(file))
            let used = use.Groups["room"].Value
            where Array.IndexOf(Ladder, used) > Array.IndexOf(Ladder, room)
            select $"{Path.GetRelativePath(engine, file)} uses {used}";

        Assert.Empty(climbs);
    }

    [Fact]
    public void Every_room_is_on_the_ladder()
    {
        var rooms = Directory.EnumerateDirectories(Path.Combine(RepositoryRoot(), "src", "Nua.Engine")).Select(Path.GetFileName);

        Assert.Subset(Ladder.ToHashSet<string?>(), rooms.Except(["bin", "obj"]).ToHashSet());
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Nua.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex(@"^using Nua\.Engine\.(?<room>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EngineUse { get; }
}
