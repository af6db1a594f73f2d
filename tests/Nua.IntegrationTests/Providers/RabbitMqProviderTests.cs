using Nua.Core;
using Nua.Engine.Providers.RabbitMq;
using Nua.Engine.Runtimes;
using Nua.IntegrationTests.Images;

namespace Nua.IntegrationTests.Providers;

public sealed class RabbitMqProviderTests(DistroImages distro)
    : DockerProviderContract(distro, RabbitMqImage.Versions, versions => new RabbitMqProvider(versions))
{
    /// <summary>As much of AMQP 0-9-1 as one durable queue takes, in the only language that is in the image.</summary>
    private const string Client =
        """
        use IO::Socket::INET;
        my ($verb, $word) = @ARGV;
        my $s = IO::Socket::INET->new('127.0.0.1:5672') or die;
        alarm 20;
        sub get { my $t = ''; while (length $t < $_[0]) { sysread($s, $t, $_[0] - length $t, length $t) or die "closed\n" } $t }
        sub frame { my ($type, undef, $size) = unpack 'CnN', get(7); my $text = get($size); get(1); $text }
        sub expect { my ($c, $m, $rest) = unpack 'nna*', frame(); die "$c.$m for @_\n" if "$c.$m" ne $_[0]; $rest }
        sub put { my ($type, $channel, $text) = @_; print $s pack('CnN', $type, $channel, length $text) . $text . "\xCE"; $s->flush }
        sub say_ { my ($channel, $c, $m, $rest) = @_; put(1, $channel, pack('nn', $c, $m) . $rest) }
        print $s "AMQP\0\0\x09\x01"; $s->flush; expect('10.10');
        say_(0, 10, 11, pack('N C/a N/a C/a', 0, 'PLAIN', "\0$ENV{USER}\0$ENV{PASS}", 'en_US'));
        say_(0, 10, 31, expect('10.30'));
        say_(0, 10, 40, pack('C/a C/a C', '/', '', 0)); expect('10.41');
        say_(1, 20, 10, pack('C/a', '')); expect('20.11');
        say_(1, 50, 10, pack('n C/a C N', 0, 'kept', 2, 0)); expect('50.11');
        if ($verb eq 'keep') {
            say_(1, 85, 10, pack('C', 0)); expect('85.11');
            say_(1, 60, 40, pack('n C/a C/a C', 0, '', 'kept', 0));
            put(2, 1, pack('n n N N n C', 60, 0, 0, length $word, 0x1000, 2));
            put(3, 1, $word);
            expect('60.80');
        } else {
            say_(1, 60, 70, pack('n C/a C', 0, 'kept', 0)); expect('60.71');
            frame(); print frame(), "\n";
        }
        """;

    protected override string Moved => "nua_rabbitmq_messages_ready";

    protected override ExecCommand Keep(IReadOnlyDictionary<string, string> env, string word) => Of(env, "keep", word);

    protected override ExecCommand Recall(IReadOnlyDictionary<string, string> env) => Of(env, "recall");

    protected override IReadOnlyList<TimeSpan> FirstMoments { get; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4)];

    private static ExecCommand Of(IReadOnlyDictionary<string, string> env, params IReadOnlyList<string> words) => new(
        ["perl", "-e", Client, .. words])
    {
        Secrets = new Dictionary<string, Secret>
        {
            ["USER"] = new(env["RABBITMQ_DEFAULT_USER"]),
            ["PASS"] = new(env["RABBITMQ_DEFAULT_PASS"]),
        },
    };
}
