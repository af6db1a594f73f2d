using System.Text;
using System.Text.RegularExpressions;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.RabbitMq;

/// <summary>
/// The figures of RabbitMQ, of all its virtual hosts. Its own tools start a runtime for each question and take seconds of the
/// processor; the runtime's package has a small program that asks the server's.
/// </summary>
internal static partial class RabbitMqMetrics
{
    /// <summary>An expression whose value is one text, <c>name number;</c> again and again: names of queues in letters that need no quoting.</summary>
    private const string Question =
        """
        Queues = lists:append([rabbit_amqqueue:info_all(Host, [name, messages_ready, messages_unacknowledged, consumers]) || Host <- rabbit_vhost:list_names()]),
        Sum = fun(Key) -> lists:sum([Number || Queue <- Queues, {Name, Number} <- Queue, Name =:= Key, is_integer(Number)]) end,
        Counted = fun(Key) -> lists:sum([Number || {_, Figures} <- maps:to_list(rabbit_global_counters:overview()), {Name, Number} <- maps:to_list(Figures), Name =:= Key]) end,
        Waiting = [{Number, element(4, proplists:get_value(name, Queue))} || Queue <- Queues, {messages_ready, Number} <- Queue, is_integer(Number)],
        Longest = lists:sublist(lists:reverse(lists:sort(Waiting)), 20),
        lists:flatten([io_lib:format("~s ~b;", [Name, Number]) || {Name, Number} <- [
            {connections, length(rabbit_networking:connections())},
            {queues, length(Queues)},
            {ready, Sum(messages_ready)},
            {unacknowledged, Sum(messages_unacknowledged)},
            {consumers, Sum(consumers)},
            {received, Counted(messages_received_total)},
            {acknowledged, Counted(messages_acknowledged_total)},
            {memory, vm_memory_monitor:get_process_memory()},
            {memory_allowed, vm_memory_monitor:get_memory_limit()}
        ]] ++ [io_lib:format("queue:~s ~b;", [base64:encode(Name), Number]) || {Number, Name} <- Longest]).
        """;

    private static readonly MetricFamily Queue =
        MetricFamily.Gauge("nua_rabbitmq_queue_messages_ready", "Messages that wait in one of the longest queues");

    private static readonly FigureTable Figures = new(' ',
    [
        ("connections", MetricFamily.Gauge("nua_rabbitmq_connections", "Clients that are connected")),
        ("queues", MetricFamily.Gauge("nua_rabbitmq_queues", "Queues there are")),
        ("ready", MetricFamily.Gauge("nua_rabbitmq_messages_ready", "Messages that wait for a consumer")),
        ("unacknowledged", MetricFamily.Gauge("nua_rabbitmq_messages_unacknowledged", "Messages that consumers have and did not acknowledge yet")),
        ("consumers", MetricFamily.Gauge("nua_rabbitmq_consumers", "Consumers of all queues")),
        ("received", MetricFamily.Counter("nua_rabbitmq_messages_received", "Messages that clients published")),
        ("acknowledged", MetricFamily.Counter("nua_rabbitmq_messages_acknowledged", "Messages that consumers acknowledged")),
        ("memory", MetricFamily.Bytes("nua_rabbitmq_memory_bytes", "Memory that it uses")),
        ("memory_allowed", MetricFamily.Bytes("nua_rabbitmq_memory_allowed_bytes", "From how much on it lets nobody publish")),
    ]);

    /// <summary>As the account that the server runs as, whose file has what lets in.</summary>
    public static ExecCommand Ask() => new(
        "/bin/sh",
        "-c",
        "printf '%s\\n' \"$1\" | HOME=/var/lib/rabbitmq erl_call -sname rabbit@localhost -timeout 4 -e",
        "sh",
        Question)
    {
        User = "rabbitmq",
    };

    public static IReadOnlyList<Metric> Read(string answer) =>
    [
        .. Figures.Read(Answer.Match(answer).Groups["text"].Value.Replace(';', '\n')),
        .. OneQueue.Matches(answer)
            .GroupBy(queue => NameOf(queue.Groups["name"].Value), StringComparer.Ordinal)
            .Select(named => new Metric(Queue, named.Sum(MessagesIn), new MetricLabel("queue", named.Key))),
    ];

    private static double MessagesIn(Match queue) => FigureTable.NumberOf(queue.Groups["messages"].Value) ?? 0;

    // Several virtual hosts may have queues of one name, which count as one: the module makes one virtual host.
    private static string NameOf(string encoded)
    {
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : encoded;
    }

    [GeneratedRegex("""^\{ok, "(?<text>[^"]*)"\}""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Answer { get; }

    [GeneratedRegex("queue:(?<name>[A-Za-z0-9+/=]*) (?<messages>[0-9]+);", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OneQueue { get; }
}
