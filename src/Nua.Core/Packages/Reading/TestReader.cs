using System.Text.RegularExpressions;

namespace Nua.Core.Packages.Reading;

/// <summary>
/// Reads the test protocol: <c>[[test]]</c> of a package, <c>[[site.test]]</c> of a sites file. The predecessor's words
/// (<c>expect_str</c>, <c>expect_host_volume</c> …) are words of the format, not old spellings.
/// </summary>
internal static partial class TestReader
{
    public static readonly IReadOnlyDictionary<string, TestOccasion> Occasions = new OrderedDictionary<string, TestOccasion>
    {
        ["deploy"] = TestOccasion.Deploy,
        ["rehearsal"] = TestOccasion.Rehearsal,
        ["drill"] = TestOccasion.Drill,
        ["monitor"] = TestOccasion.Monitor,
    };

    /// <summary>The keys that say something of a request or of its answer.</summary>
    private static readonly string[] OfAPage =
    [
        "url", "method", "headers", "body", "form", "expect-status", "expect-not-status", "expect-text", "expect-str", "expect-not-text",
        "expect-not-str", "expect-header", "expect-json", "save",
    ];

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <param name="section">The table that holds <c>test</c>.</param>
    /// <param name="host">The host the tests may name; <see langword="null"/> when the domain is not known yet.</param>
    public static IReadOnlyList<TestStep> ReadAll(Section section, string? host = null)
    {
        var page = "/";
        var steps = section.Tables("test", test => Read(test, host, ref page));
        return [.. (steps ?? []).SelectMany(step => step)];
    }

    /// <summary>One table may hold several expectations, and each becomes a step.</summary>
    /// <param name="test">The table.</param>
    /// <param name="host">As in <see cref="ReadAll"/>.</param>
    /// <param name="page">The page the step before asked for; a table that only expects something of an answer asks for it again.</param>
    private static List<TestStep> Read(Section test, string? host, ref string page)
    {
        var name = test.Text("name");
        var url = ReadUrl(test, host);
        var command = test.Text("command");
        page = url ?? page;

        List<TestStep> steps = [];
        if (command is not null)
        {
            steps.Add(new TestStep.Command { Name = command, Line = command });
        }

        var http = ReadHttp(test, page);
        if (command is null && OfAPage.Any(test.Holds))
        {
            steps.Add(http);
        }

        steps.AddRange(ReadHostExpectations(test));
        Check(test, command, steps);
        if (name is not null && steps.Count > 0)
        {
            steps[0] = steps[0] with { Name = name };
        }

        return WithCommonKeys(test, steps);
    }

    private static TestStep.Http ReadHttp(Section test, string page)
    {
        var method = test.Text("method")?.Trim().ToUpperInvariant() ?? "GET";
        var notStatus = ReadStatus(test, "expect-not-status");
        return new TestStep.Http
        {
            Name = $"{method} {page}",
            Method = method,
            Url = page,
            Headers = test.TextMap("headers"),
            Body = test.Ask("body", new Shape.Either(new Shape.Text(), new Shape.Anything()))?.AsTextOrJson(),
            Form = test.TextMap("form"),
            ExpectStatus = ReadStatus(test, "expect-status") ?? (notStatus is null ? 200 : null),
            ExpectNotStatus = notStatus,
            ExpectText = test.EitherOf("expect-text", "expect-str", test.Text),
            ExpectNotText = test.EitherOf("expect-not-text", "expect-not-str", test.Text),
            ExpectHeader = test.TextMap("expect-header"),
            ExpectJson = test.TextMap("expect-json"),
            Save = test.TextMap("save"),
        };
    }

    private static int? ReadStatus(Section test, string key) => test.Integer(key, 100, 599);

    private static IEnumerable<TestStep> ReadHostExpectations(Section test)
    {
        // All three are read before the first is used, as a reader must ask for every key it knows.
        var volume = test.Text("expect-host-volume");
        var noVolume = test.Text("expect-not-host-volume");
        var folder = test.Text("expect-host-dir");
        return new TestStep?[]
        {
            volume is null ? null : new TestStep.HostVolume { Name = $"volume {volume} exists", Volume = volume },
            noVolume is null ? null : new TestStep.HostVolume { Name = $"no volume {noVolume}", Volume = noVolume, Exists = false },
            folder is null ? null : new TestStep.HostDirectory { Name = $"folder {folder} exists", Path = folder },
        }.OfType<TestStep>();
    }

    private static void Check(Section test, string? command, List<TestStep> steps)
    {
        if (steps.Count == 0)
        {
            test.Source.Error(PackageProblems.NothingToTest(test.Path), test.At);
        }

        foreach (var key in command is null ? [] : OfAPage.Where(test.Holds))
        {
            test.Source.Error(PackageProblems.NotOfACommand(test.PathOf(key)), test.PlaceOf(key));
        }
    }

    private static List<TestStep> WithCommonKeys(Section test, List<TestStep> steps)
    {
        var within = test.Duration("within", Shortest);
        var when = ReadOccasions(test);
        var writes = test.Flag("writes") ?? false;
        return
        [
            .. steps.Select(step => step with { Within = within ?? step.Within, When = when ?? step.When, Writes = writes }),
        ];
    }

    private static IReadOnlyList<TestOccasion>? ReadOccasions(Section test)
    {
        var word = new Shape.Choice([.. Occasions.Keys]);
        if (test.Ask("when", new Shape.Either(word, new Shape.ListOf(word))) is not { } value)
        {
            return null;
        }

        var values = value.Node is ListNode ? value.AsItems() : [value];
        if (values.Count == 0)
        {
            test.Source.Error(PackageProblems.NeverRuns(value.Path), value.At);
        }

        return [.. values.Select(item => item.AsChoice(Occasions)).OfType<TestOccasion>().Distinct()];
    }

    /// <summary>A path as it is; of a whole address, what comes after the host.</summary>
    private static string? ReadUrl(Section test, string? host)
    {
        var value = test.Ask("url", new Shape.Text());
        if (value?.AsText()?.Trim() is not { } url || url.StartsWith('/'))
        {
            return value?.AsText()?.Trim();
        }

        var match = Address.Match(url);
        if (!match.Success)
        {
            value.Source.Error(PackageProblems.BadUrl(value.Path, url), value.At);
            return null;
        }

        var named = match.Groups["host"].Value;
        if (!named.Equals(host, StringComparison.OrdinalIgnoreCase))
        {
            value.Source.Warn(PackageProblems.OtherHost(value.Path, named), value.At);
        }

        var path = match.Groups["path"].Value;
        return path.StartsWith('/') ? path : $"/{path}";
    }

    [GeneratedRegex(
        @"^https?://(?<host>[^/?#]+)(?<path>.*)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address { get; }
}
