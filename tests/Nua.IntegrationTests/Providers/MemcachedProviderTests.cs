using Nua.Engine.Providers.Memcached;
using Nua.Engine.Runtimes;
using Nua.IntegrationTests.Images;

namespace Nua.IntegrationTests.Providers;

public sealed class MemcachedProviderTests(DistroImages distro)
    : DockerProviderContract(distro, MemcachedImage.Versions, versions => new MemcachedProvider(versions))
{
    protected override string Moved => "nua_memcached_items";

    protected override ExecCommand Keep(IReadOnlyDictionary<string, string> env, string word) => Say(env, $@"set kept 0 0 {word.Length}\r\n{word}\r\n");

    protected override ExecCommand Recall(IReadOnlyDictionary<string, string> env) => Say(env, @"get kept\r\n");

    private static ExecCommand Say(IReadOnlyDictionary<string, string> env, string words) =>
        new("/bin/bash", "-ec", $"exec 3<>/dev/tcp/127.0.0.1/{env["MEMCACHED_PORT"]}; printf '{words}quit\\r\\n' >&3; cat <&3");
}
