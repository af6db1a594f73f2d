using System.Text.Json;
using System.Text.RegularExpressions;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Sites;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Core.Packages;

/// <summary>The normal form of every real config, key by key, beside what the predecessor made of it.</summary>
public sealed class GoldenTests
{
    private const string Nothing = "null";

    /// <summary>A difference we accept, and why: at a path, which is matched whole, theirs became ours.</summary>
    /// <param name="Reason">Says where the format is described so.</param>
    /// <param name="Path">A regular expression.</param>
    /// <param name="Theirs">As JSON; a key that is not there is <c>null</c>.</param>
    /// <param name="Ours">As JSON, or <see langword="null"/>: what the file says at <paramref name="From"/>.</param>
    /// <param name="From">Where the packager wrote the value that counts here, and was dropped there.</param>
    private sealed record Accepted(string Reason, string Path, string Theirs, string? Ours, string From = "");

    private const string Moved = "old spelling (section 10, 2): what [metadata] says about the build counts";
    private const string ProviderImage = "old spelling (section 10, 2): a provider's base-image counts, which makes its [build] a table that says Proprietary (1.5)";
    private const string Random = "a random value is a text of 24, and kept, unless it says otherwise (3.5: random, persistence)";
    private const string Switches = "a provider's variables are normalised as at its deployment (1.7), and booleans are true and false (section 10, 12)";
    private const string ProviderPorts = "a provider's ports have the defaults that 1.9 gives (section 10, 14: fill defaults)";
    private const string Options = "BUG (1.11; section 10, 4): options count, under the names they are written by; a list of them is one table, and a mode is octal";
    private const string Health = "a health check says the documented defaults (section 10, 7)";
    private const string Backups = "old spelling (section 8): backup methods that never existed are the ones that do";

    private static readonly Accepted[] Differences =
    [
        new(Moved, "/build/license", "\"Proprietary\"", null, "/metadata/license"),
        new(Moved, "/build/license", Nothing, null, "/metadata/license"),
        new(Moved, "/build/src-url", Nothing, null, "/metadata/src-url"),
        new(Moved, "/build/git-url", Nothing, null, "/metadata/git-url"),
        new(Moved, "/build/git-branch", Nothing, null, "/metadata/git-branch"),
        new(ProviderImage, "/provider/0/build/base-image", Nothing, null, "/provider/0/base-image"),
        new(ProviderImage, "/provider/0/build/license", Nothing, "\"Proprietary\""),
        new("old spelling (1.3; section 10, 2): a volume's prefix is its name", "/volume/0/name", Nothing, null, "/volume/0/prefix"),
        new("old spelling (1.3; section 10, 2): the volume type 'volume' is 'managed'", "/volume/0/type", "\"volume\"", "\"managed\""),
        new(Backups, "/volume/0/backup/method", "\"sync\"", "\"tgz_volumes\""),
        new(Backups, "/provider/0/backup/method", "\"pg_dumpall\"", "\"pg_dump\""),
        new("dead key (1.5: document-root): it is read again", "/build/document-root", Nothing, null, "/build/document_root"),
        new("an empty checksum is no check (1.5: empty = no check)", "/build/src-checksum", "\"\"", Nothing),
        new("an empty [docker] adds nothing, as none does (1.10: arguments passed on)", "/docker", "{}", Nothing),
        new("an empty 'from' is a missing one (3.5: empty or missing from)", "/env/[^/]+/from", "\"\"", Nothing),
        new(Random, "/env/[^/]+/length", Nothing, "\"24\""),
        new(Random, "/env/[^/]+/persist", "\"true\"", Nothing),
        new(Random, "(/provider/0)?/env/[^/]+/type", "\"str\"", Nothing),
        new(Random, "/provider/0/env/[^/]+/persist", "true", Nothing),
        new(Switches, "/provider/0/env/[^/]+/length", "24", "\"24\""),
        new(Switches, "/provider/0/env/[^/]+/(random|unique_db|unique_user)", "true", "\"true\""),
        new(ProviderPorts, "/provider/1/port/(one|two)/protocol", Nothing, "\"tcp\""),
        new(ProviderPorts, "/provider/1/port/(one|two)/(ssl|web)", Nothing, "true"),
        new(Options, "/volume/0/options/tmpfs-mode", "1023", Nothing),
        new(Options, "/volume/0/options/tmpfs-size", "\"10G\"", Nothing),
        new(Options, "/volume/0/options/tmpfs-size", "\"tmpfs_mode\"", Nothing),
        new(Options, "/volume/0/options/tmpfs_mode", Nothing, "\"1777\""),
        new(Options, "/volume/0/options/tmpfs_size", Nothing, "\"10G\""),
        new(Options, "/volume/0/options/tmpfs_size", Nothing, "\"1G\""),
        new(Health, "/healthcheck/timeout", Nothing, "30"),
        new(Health, "/healthcheck/retries", Nothing, "3"),
        new(Health, "/healthcheck/start-period", Nothing, "120"),
    ];

    [Fact]
    public void Every_reason_cites_the_description_of_the_format() =>
        Assert.All(Differences, difference => Assert.Matches(@"section \d|\(\d\.\d", difference.Reason));

    [Theory]
    [MemberData(nameof(Corpus.Configs), MemberType = typeof(Corpus))]
    public void The_normal_form_equals_the_predecessors(string file) =>
        Assert.DoesNotContain(DifferencesOf(file), difference => difference.Why is null);

    /// <summary>What an image carries. What modules add to its providers is the engine's to say, and tested there.</summary>
    [Theory]
    [MemberData(nameof(Corpus.Configs), MemberType = typeof(Corpus))]
    public void What_an_image_carries_equals_the_predecessors(string file) =>
        Assert.DoesNotContain(
            DifferencesOf(file, "image_config"),
            difference => difference.Why is null && !difference.Line.StartsWith("/provider/", StringComparison.Ordinal));

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

        Assert.DoesNotContain(Differences, difference => !met.Contains(difference));
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

        AssertSame(golden, file, "src_url", "src-url", build.SrcUrl, otherwise: "");
        AssertSame(golden, file, "git_url", "git-url", build.GitUrl, otherwise: "");
        AssertSame(golden, file, "git_branch", "git-branch", build.GitBranch, otherwise: "main");
    }

    [Theory]
    [MemberData(nameof(Corpus.Configs), MemberType = typeof(Corpus))]
    public void Method_and_builder_equal_the_predecessors(string file)
    {
        using var golden = JsonDocument.Parse(Corpus.Golden("nua-config", file));
        var build = Interpolation.Render(PackageReader.Read(file, Corpus.Text(file))).Build;
        var method = build.Method ?? (build.BaseImage is null ? BuildMethod.Build : BuildMethod.Wrap);

        Assert.Equal(golden.RootElement.GetProperty("build_method").GetString(), BuildReader.Methods.WordFor(method));

        // A builder that is a table was ignored there (1.5, BUG) and counts here (section 10, 3).
        Assert.Equal(golden.RootElement.GetProperty("effective_builder").GetString(), build.Builder is { Version: null } builder ? builder.Name : "");
    }

    [Theory]
    [MemberData(nameof(Corpus.Configs), MemberType = typeof(Corpus))]
    public void Filled_metadata_equals_the_predecessors(string file)
    {
        using var golden = JsonDocument.Parse(Corpus.Golden("nua-config", file));
        var package = PackageReader.Read(file, Corpus.Text(file));
        var ours = Interpolation.Of(package.Metadata, package.Build).Values;
        var texts = golden.RootElement.GetProperty("metadata_rendered").EnumerateObject()
            .Where(text => text.Value.ValueKind == JsonValueKind.String && ours.ContainsKey(text.Name));

        Assert.All(texts.Where(text => Written(file, $"/metadata/{text.Name}") is null || IsOfMetadata(text.Name)), text =>
            Assert.Equal(text.Value.GetString(), ours[text.Name]));
    }

    /// <summary>Unknown keys were dropped without a word (section 10, 1).</summary>
    [Theory]
    [MemberData(nameof(Corpus.Configs), MemberType = typeof(Corpus))]
    public void What_the_predecessor_dropped_is_never_dropped_silently(string file)
    {
        using var golden = JsonDocument.Parse(Corpus.Golden("nua-config", file));
        var findings = PackageReader.Inspect(file, Corpus.Text(file)).Findings;

        // One dead key (1.5) is read again.
        Assert.All(TextsAt(golden, "dropped_keys").Where(key => key != "build.document_root"), key =>
            Assert.Contains(findings, finding => finding.Problem.Message.Contains($"'{key}'", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Corpus.Sites), MemberType = typeof(Corpus))]
    public void Labels_and_domains_of_sites_equal_the_predecessors(string file)
    {
        using var golden = JsonDocument.Parse(Corpus.Golden("deploy", file));
        var sites = SitesReader.Read(file, Corpus.Text(file)).Select(site => (site.Label.Id, site.Address.ToString())).ToArray();
        var instances = golden.RootElement.TryGetProperty("instances", out var list) ? list.EnumerateArray().ToArray() : [];

        // Those that it could not deploy are not among its instances.
        Assert.All(instances, instance =>
            Assert.Contains((instance.GetProperty("label_id").GetString(), instance.GetProperty("domain").GetString()), sites!));
    }

    private static bool IsOfMetadata(string key) =>
        key is "id" or "version" or "title" or "author" or "description" or "tagline" or "website";

    /// <summary>What is given in [metadata] was dropped there and counts here (section 10, 2); everything else is the same.</summary>
    private static void AssertSame(JsonDocument golden, string file, string theirs, string key, string? ours, string otherwise)
    {
        var moved = Written(file, $"/build/{key}") is null ? Written(file, $"/metadata/{key}") : null;
        var package = PackageReader.Read(file, Corpus.Text(file));
        var expected = moved is null
            ? golden.RootElement.GetProperty(theirs).GetString()
            : moved.Trim('"').Replace("{version}", package.Metadata.Version, StringComparison.Ordinal);
        Assert.Equal(expected, ours ?? otherwise);
    }

    /// <summary>What the file says at a path, read without any of our rules; as JSON.</summary>
    private static string? Written(string file, string path)
    {
        using var said = JsonDocument.Parse(NodeJson.Text(Tree.Parse(new SourceText(file, Corpus.Text(file), new ReadingOptions()))!));
        return Leaves("", said.RootElement).Where(leaf => leaf.Path.Replace('_', '-') == path.Replace('_', '-')).Select(leaf => leaf.Value).FirstOrDefault();
    }

    private static IEnumerable<string?> TextsAt(JsonDocument golden, string key) =>
        golden.RootElement.GetProperty(key).EnumerateArray().Select(text => text.GetString());

    /// <summary>Each difference as a line, and why it is accepted, if it is.</summary>
    private static IEnumerable<(string Line, Accepted? Why)> DifferencesOf(string file, string form = "config")
    {
        using var golden = JsonDocument.Parse(Corpus.Golden("nua-config", file));
        using var normal = JsonDocument.Parse(PackageWriter.ToJson(PackageReader.Read(file, Corpus.Text(file))));
        var theirs = Leaves("", golden.RootElement.GetProperty(form)).ToDictionary(leaf => leaf.Path, leaf => leaf.Value);
        var ours = Leaves("", normal.RootElement).ToDictionary(leaf => leaf.Path, leaf => leaf.Value);
        return
        [
            .. from path in theirs.Keys.Union(ours.Keys).Order(StringComparer.Ordinal)
               let their = theirs.GetValueOrDefault(path, Nothing)
               let our = ours.GetValueOrDefault(path, Nothing)
               where their != our
               select ($"{path}: {their} became {our}", Differences.FirstOrDefault(known => Accepts(known, file, path, their, our))),
        ];
    }

    private static bool Accepts(Accepted known, string file, string path, string theirs, string ours) =>
        Regex.IsMatch(path, $"^{known.Path}$", RegexOptions.None, Patience)
        && known.Theirs == theirs
        && (known.Ours ?? Written(file, known.From)) == ours;

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
