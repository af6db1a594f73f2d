using System.Text.Json;
using System.Text.RegularExpressions;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Xunit;

namespace Nua.Tests.Core.Packages;

/// <summary>The normal form of every real config, key by key, beside what the predecessor made of it.</summary>
public sealed class GoldenTests
{
    private const string Nothing = "null";

    /// <summary>A difference we accept, and why. A path is matched whole.</summary>
    private sealed record Accepted(string Reason, string Path, Func<string, string, bool> Differs);

    private static readonly Accepted[] Differences =
    [
        new("old spelling (section 10, 2): source and licence given in [metadata] count",
            "/build/(license|src-url|git-url|git-branch)", (theirs, ours) => theirs is Nothing or "\"Proprietary\"" && ours != Nothing),
        new("old spelling (section 10, 2): a provider's base-image counts",
            "/provider/0/build/(base-image|license)", (theirs, ours) => theirs == Nothing && ours != Nothing),
        new("old spelling (section 10, 2): a volume's prefix is its name",
            "/volume/0/name", (theirs, ours) => theirs == Nothing && ours != Nothing),
        new("old spelling (section 10, 2): the volume type 'volume' is 'managed'",
            "/volume/0/type", (theirs, ours) => theirs == "\"volume\"" && ours == "\"managed\""),
        new("old spelling (section 8): backup methods that never existed are the ones that do",
            "/(provider|volume)/0/backup/method", (theirs, ours) => theirs is "\"sync\"" or "\"pg_dumpall\"" && ours is "\"tgz_volumes\"" or "\"pg_dump\""),
        new("dead key (1.5): document-root is read again",
            "/build/document-root", (theirs, ours) => theirs == Nothing && ours != Nothing),
        new("an empty list and none are the same (1.5)",
            "/(build/packages|metadata/tags)", (theirs, ours) => theirs == "[]" && ours == Nothing),
        new("an empty checksum is no check (1.5)",
            "/build/src-checksum", (theirs, ours) => theirs == "\"\"" && ours == Nothing),
        new("an empty table says nothing",
            "/docker", (theirs, ours) => theirs == "{}" && ours == Nothing),
        new("an empty 'from' and none are the same (3.5)",
            "/env/[^/]+/from", (theirs, ours) => theirs == "\"\"" && ours == Nothing),
        new("a random value says its length; text and persistent are what it is anyway (3.5)",
            "(/provider/0)?/env/[^/]+/(length|type|persist)", (theirs, ours) => ours is Nothing or "\"24\""),
        new("a provider's variables are normalised like the app's, and booleans are true and false (1.7; section 10, 12)",
            "/provider/0/env/[^/]+/(random|unique_db|unique_user)", (theirs, ours) => theirs == "true" && ours == "\"true\""),
        new("a provider's ports have their defaults filled in, like the app's (1.9; section 10, 14)",
            "/provider/[0-9]+/port/[^/]+/(protocol|ssl|web)", (theirs, ours) => theirs == Nothing && ours is "\"tcp\"" or "true"),
        new("BUG (section 10, 4): option names keep their spelling, the mode is octal, a list of options is one table",
            "/volume/0/options/tmpfs[-_](size|mode)", (theirs, ours) => theirs != ours),
        new("a health check says the documented defaults (section 10, 7)",
            "/healthcheck/(timeout|retries|start-period)", (theirs, ours) => theirs == Nothing && ours is "30" or "3" or "120"),
    ];

    [Theory]
    [MemberData(nameof(Corpus.Configs), MemberType = typeof(Corpus))]
    public void The_normal_form_equals_the_predecessors(string file) =>
        Assert.DoesNotContain(DifferencesOf(file), difference => difference.Why is null);

    [Theory]
    [MemberData(nameof(Corpus.Configs), MemberType = typeof(Corpus))]
    public void Every_key_of_the_predecessors_form_is_there(string file)
    {
        using var golden = JsonDocument.Parse(Corpus.Golden("nua-config", file));
        using var normal = JsonDocument.Parse(PackageWriter.ToJson(PackageReader.Read(file, Corpus.Text(file))));

        Assert.Empty(MissingKeys("", golden.RootElement.GetProperty("config"), normal.RootElement));
    }

    [Fact]
    public void Every_accepted_difference_occurs()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.Absent);

        var met = Corpus.Configs.SelectMany(row => DifferencesOf(row.Data)).Select(difference => difference.Why).ToHashSet();

        Assert.Empty(Differences.Where(difference => !met.Contains(difference.Reason)).Select(difference => difference.Reason));
    }

    [Theory]
    [MemberData(nameof(Corpus.Configs), MemberType = typeof(Corpus))]
    public void Names_and_filled_texts_equal_the_predecessors(string file)
    {
        using var golden = JsonDocument.Parse(Corpus.Golden("nua-config", file));
        var package = PackageReader.Read(file, Corpus.Text(file));
        var build = Interpolation.Render(package).Build;

        Assert.Equal(golden.RootElement.GetProperty("nua_tag").GetString(), package.Metadata.ImageReference);
        Assert.Equal(TextsAt(golden, "build_command"), build.Commands);
        Assert.Equal(golden.RootElement.GetProperty("wrap_image").GetString(), build.BaseImage ?? "");

        // Source given in [metadata] was dropped there and counts here.
        AssertSame(golden, "src_url", build.SrcUrl ?? "", unless: "");
        AssertSame(golden, "git_url", build.GitUrl ?? "", unless: "");
        AssertSame(golden, "git_branch", build.GitBranch ?? "main", unless: "main");
    }

    private static void AssertSame(JsonDocument golden, string key, string ours, string unless)
    {
        var theirs = golden.RootElement.GetProperty(key).GetString();
        if (theirs != unless)
        {
            Assert.Equal(theirs, ours);
        }
    }

    private static IEnumerable<string?> TextsAt(JsonDocument golden, string key) =>
        golden.RootElement.GetProperty(key).EnumerateArray().Select(text => text.GetString());

    /// <summary>Each difference as a line, and the reason to accept it, if there is one.</summary>
    private static IEnumerable<(string Line, string? Why)> DifferencesOf(string file)
    {
        using var golden = JsonDocument.Parse(Corpus.Golden("nua-config", file));
        using var normal = JsonDocument.Parse(PackageWriter.ToJson(PackageReader.Read(file, Corpus.Text(file))));
        var theirs = Leaves("", golden.RootElement.GetProperty("config")).ToDictionary(leaf => leaf.Path, leaf => leaf.Value);
        var ours = Leaves("", normal.RootElement).ToDictionary(leaf => leaf.Path, leaf => leaf.Value);
        return
        [
            .. from path in theirs.Keys.Union(ours.Keys).Order(StringComparer.Ordinal)
               let their = theirs.GetValueOrDefault(path, Nothing)
               let our = ours.GetValueOrDefault(path, Nothing)
               where their != our
               let accepted = Differences.FirstOrDefault(known => Regex.IsMatch(path, $"^{known.Path}$", RegexOptions.None, Patience) && known.Differs(their, our))
               select ($"{path}: {their} became {our}", accepted?.Reason),
        ];
    }

    /// <summary>Tables with free keys are left out: what is in them is compared as leaves.</summary>
    private static IEnumerable<string> MissingKeys(string path, JsonElement theirs, JsonElement ours)
    {
        if (theirs.ValueKind == JsonValueKind.Array && ours.ValueKind == JsonValueKind.Array)
        {
            return theirs.EnumerateArray().Zip(ours.EnumerateArray()).SelectMany(pair => MissingKeys(path, pair.First, pair.Second));
        }

        if (theirs.ValueKind != JsonValueKind.Object || ours.ValueKind != JsonValueKind.Object || FreeTables.Any(table => path.EndsWith(table, StringComparison.Ordinal)))
        {
            return [];
        }

        return theirs.EnumerateObject().SelectMany(property => ours.TryGetProperty(property.Name, out var our)
            ? MissingKeys($"{path}/{property.Name}", property.Value, our)
            : [$"{path}/{property.Name}"]);
    }

    private static readonly string[] FreeTables = ["/env", "/docker", "/options", "/container", "/host"];

    private static TimeSpan Patience => TimeSpan.FromSeconds(1);

    /// <summary>A null table or list is the same as one whose keys are all null, so only the leaves count.</summary>
    private static IEnumerable<(string Path, string Value)> Leaves(string path, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when element.EnumerateObject().Any() =>
            element.EnumerateObject().SelectMany(property => Leaves($"{path}/{property.Name}", property.Value)),
        JsonValueKind.Array when element.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object) =>
            element.EnumerateArray().SelectMany((item, index) => Leaves($"{path}/{index}", item)),
        JsonValueKind.Null => [],
        _ => [(path, JsonSerializer.Serialize(element))],
    };
}
