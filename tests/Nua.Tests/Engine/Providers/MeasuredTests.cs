using System.Globalization;
using System.Text.RegularExpressions;
using Nua.Core.Packages;
using Nua.Engine.Providers;
using Xunit;

namespace Nua.Tests.Engine.Providers;

/// <summary>What servers answered, and what is read of it.</summary>
public sealed partial class MeasuredTests
{
    /// <summary>An answer of a real server for each module that has figures.</summary>
    private static readonly IReadOnlyDictionary<string, string> Answers = new Dictionary<string, string>
    {
        ["postgres"] =
            """
            connections|2
            connections_allowed|100
            size|7748967
            commits|3
            rollbacks|0
            hits|1659
            reads|5
            oldest|0

            """,
        ["mariadb"] =
            """
            COM_COMMIT	0
            COM_ROLLBACK	0
            INNODB_BUFFER_POOL_READ_REQUESTS	1550
            INNODB_BUFFER_POOL_READS	170
            QUESTIONS	4
            SLOW_QUERIES	0
            THREADS_CONNECTED	1
            MAX_CONNECTIONS	151
            SIZE	16384

            """,
        ["redis"] = Redis,
        ["redis-cache"] = Redis,
        ["memcached"] =
            """
            STAT pid 59
            STAT uptime 12
            STAT version 1.6.18
            STAT max_connections 1024
            STAT curr_connections 2
            STAT total_connections 4
            STAT rejected_connections 0
            STAT cmd_get 2
            STAT cmd_set 1
            STAT get_hits 1
            STAT get_misses 1
            STAT limit_maxbytes 67108864
            STAT bytes 66
            STAT curr_items 1
            STAT total_items 1
            STAT evictions 0
            END

            """.ReplaceLineEndings("\r\n"),
        ["rabbitmq"] =
            """
            {ok, "connections 0;queues 1;ready 1;unacknowledged 0;consumers 0;received 1;acknowledged 0;memory 124403712;memory_allowed 10110605721;queue:a2VwdA== 1;"}
            """,
        ["mail-catcher"] =
            """
            folder
            1795727360123456789.eml 6
            1795727359123456789.eml 3

            """,
    };

    private const string Redis =
        """
        # Server
        redis_version:7.0.15
        # Clients
        connected_clients:1
        maxclients:10000
        client_recent_max_input_buffer:0
        # Memory
        used_memory:991128
        used_memory_human:967.90K
        used_memory_rss:7000064
        maxmemory:0
        maxmemory_human:0B
        maxmemory_policy:noeviction
        # Stats
        total_connections_received:5
        total_commands_processed:5
        expired_keys:0
        evicted_keys:0
        keyspace_hits:1
        keyspace_misses:1
        # Replication
        role:master
        # Keyspace
        db0:keys=1,expires=0,avg_ttl=0
        db3:keys=2,expires=0,avg_ttl=0

        """;

    public static TheoryData<string> Modules => [.. ModulesTests.All.OfType<IMeasured>().Select(module => module.Name)];

    [Theory]
    [InlineData("postgres", "connections 2, connections_allowed 100, size_bytes 7748967, commits 3, rollbacks 0, block_hits 1659, block_reads 5, oldest_transaction_seconds 0")]
    [InlineData("mariadb", "connections 1, connections_allowed 151, size_bytes 16384, statements 4, commits 0, rollbacks 0, slow_statements 0, page_requests 1550, page_reads 170")]
    [InlineData("redis", "connections 1, connections_allowed 10000, memory_bytes 991128, memory_allowed_bytes 0, commands 5, hits 1, misses 1, evictions 0, keys 3")]
    [InlineData("redis-cache", "connections 1, connections_allowed 10000, memory_bytes 991128, memory_allowed_bytes 0, commands 5, hits 1, misses 1, evictions 0, keys 3")]
    [InlineData("memcached", "connections 2, connections_allowed 1024, size_bytes 66, size_allowed_bytes 67108864, items 1, hits 1, misses 1, evictions 0")]
    [InlineData("rabbitmq", "connections 0, queues 1, messages_ready 1, messages_unacknowledged 0, consumers 0, messages_received 1, messages_acknowledged 0, memory_bytes 124403712, memory_allowed_bytes 10110605721, queue_messages_ready(kept) 1")]
    [InlineData("mail-catcher", "mails 2, size_bytes 9, latest_timestamp_seconds 1795727360.1234567")]
    public void Figures_are_read_from_what_a_server_answered(string module, string figures) => Assert.Equal(
        figures,
        string.Join(", ", Find(module).Read(Answers[module]).Select(metric => string.Create(
            CultureInfo.InvariantCulture, $"{metric.Family.Name[PrefixOf(module).Length..]}{(metric.Label is { } part ? $"({part.Value})" : "")} {metric.Value}"))));

    [Theory]
    [MemberData(nameof(Modules))]
    public void They_are_named_as_OpenMetrics_wants_it(string module)
    {
        var families = Find(module).Read(Answers[module]).Select(metric => metric.Family).ToList();

        Assert.Equal(families.Count, families.Select(family => family.Name).Distinct().Count());
        Assert.All(families, family =>
        {
            Assert.StartsWith(PrefixOf(module), family.Name);
            Assert.Matches(Name, family.Name);
            Assert.DoesNotMatch("_(total|count|sum|bucket|created|info)$", family.Name);
            Assert.True(family.Unit is "" or "bytes" or "seconds", family.Unit);
            Assert.Equal(family.Unit.Length > 0, family.Name.EndsWith("_bytes", StringComparison.Ordinal) || family.Name.EndsWith("_seconds", StringComparison.Ordinal));
            Assert.EndsWith(family.Unit, family.Name);
            Assert.Matches("^[A-Z].*[^.]$", family.Help);
        });
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void What_is_no_answer_has_none(string module)
    {
        Assert.Empty(Find(module).Read(""));
        Assert.Empty(Find(module).Read("ERR something is wrong: 12\nNOAUTH|x\n"));
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void What_is_cut_off_or_changed_is_no_failure(string module)
    {
        var answer = Answers[module];
        for (var length = 0; length < answer.Length; length++)
        {
            Find(module).Read(answer[..length]);
            Find(module).Read($"{answer[..length]}\"=;:|\t -1e999 {answer[length..]}");
        }
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void The_question_shows_no_secret(string module)
    {
        var server = Find(module);
        var env = server.Env.ToDictionary(
            variable => variable.Key, variable => variable.Value is Setting.RandomText ? "s3same" : variable.Key);

        Assert.DoesNotContain(server.Measure(env).Arguments, argument => argument.Contains("s3same", StringComparison.Ordinal));
    }

    [Fact]
    public void Queues_of_one_name_count_as_one() => Assert.Equal(
        [5d, 1d],
        Find("rabbitmq").Read("""{ok, "queue:YQ== 3;queue:YQ== 2;queue:YiI= 1;"}""").Select(metric => metric.Value));

    [Fact]
    public void A_letterbox_that_is_empty_has_no_latest_mail() => Assert.Equal(
        ["nua_mail_catcher_mails", "nua_mail_catcher_size_bytes"], Find("mail-catcher").Read("folder\n").Select(metric => metric.Family.Name));

    private static IMeasured Find(string module) => ModulesTests.All.OfType<IMeasured>().Single(provider => provider.Name == module);

    // Both kinds of Redis are one server.
    private static string PrefixOf(string module) => $"nua_{(module is "redis-cache" ? "redis" : module.Replace('-', '_'))}_";

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }
}
