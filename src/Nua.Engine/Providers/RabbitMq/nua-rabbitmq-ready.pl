#!/usr/bin/perl
# Whether RabbitMQ takes the credentials and opens the virtual host: how a connection begins in AMQP 0-9-1 (section 2.2.4).
use strict;
use warnings;
use IO::Socket::INET;

use constant FRAME_END => 0xCE;

my ($user, $password, $host) = @ENV{qw(RABBITMQ_DEFAULT_USER RABBITMQ_DEFAULT_PASS RABBITMQ_DEFAULT_VHOST)};
alarm 10;

my $server = IO::Socket::INET->new(PeerAddr => '127.0.0.1:5672', Timeout => 3) or die "no connection: $@\n";
$server->autoflush(1);

sub bytes {
    my ($count) = @_;
    my $text = '';
    while (length $text < $count) {
        sysread($server, $text, $count - length $text, length $text) or die "it closed the connection\n";
    }
    return $text;
}

# Awaits the method of the class 'connection' and answers with its arguments.
sub expect {
    my ($method) = @_;
    my ($type, $channel, $size) = unpack 'CnN', bytes(7);
    my ($class, $came, $arguments) = unpack 'nna*', bytes($size);
    bytes(1);
    die "it answers with method $class.$came where 10.$method was due\n" unless $type == 1 && $class == 10 && $came == $method;
    return $arguments;
}

sub request {
    my ($method, $arguments) = @_;
    my $payload = pack('nn', 10, $method) . $arguments;
    print {$server} pack('CnN', 1, 0, length $payload), $payload, pack('C', FRAME_END);
}

print {$server} "AMQP\x00\x00\x09\x01";
expect(10);    # start
request(11, pack('N C/a N/a C/a', 0, 'PLAIN', "\0$user\0$password", 'en_US'));    # start-ok
request(31, expect(30));    # tune, tune-ok
request(40, pack('C/a C/a C', $host, '', 0));    # open
expect(41);    # open-ok
request(50, pack('n C/a n n', 200, '', 0, 0));    # close
