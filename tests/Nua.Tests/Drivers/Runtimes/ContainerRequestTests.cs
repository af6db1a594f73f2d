using Docker.DotNet.Models;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Drivers.Runtimes.Docker;
using Nua.Engine.Runtimes;
using Xunit;
using Mount = Nua.Engine.Runtimes.Mount;
using Secret = Nua.Core.Secret;

namespace Nua.Tests.Drivers.Runtimes;

public sealed class ContainerRequestTests
{
    private static readonly WorkloadSpec Spec = new()
    {
        Id = new WorkloadId("notes-1"),
        Owner = new Ownership("main", InstanceName.Parse("notes"), "op-7", "app"),
        Image = "notes:1",
    };

    [Fact]
    public void Secrets_are_mounted_and_nowhere_else()
    {
        var spec = Spec with { Secrets = new Dictionary<string, Secret> { ["TOKEN"] = new("s3same") } };

        var request = ContainerRequest.For(spec, "/dev/shm/nua/notes-1");

        var mount = Assert.Single(request.HostConfig!.Mounts!);
        Assert.Equal(("bind", "/dev/shm/nua/notes-1", "/run/nua", true), (mount.Type, mount.Source, mount.Target, mount.ReadOnly));
        Assert.Empty(request.Env!);
    }

    [Fact]
    public void What_waits_as_root_looks_for_programs_where_no_variable_of_the_app_leads_it()
    {
        var spec = Spec with { IsIdle = true, Environment = new Dictionary<string, string> { ["PATH"] = "/uploads" } };

        var request = ContainerRequest.For(spec, null);

        Assert.Equal(["/bin/sh", "-c"], request.Entrypoint!.Take(2));
        Assert.StartsWith("PATH=/usr/sbin:/usr/bin:/sbin:/bin; ", request.Entrypoint![2], StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_volumes_and_folders_are_mounted_as_such()
    {
        var request = ContainerRequest.For(
            Spec with
            {
                Mounts =
                [
                    new Mount.OfVolume("notes-data", "/data"),
                    new Mount.OfDirectory("/srv/notes", "/site", ReadOnly: true),
                    new Mount.OfMemory("/tmp", SizeBytes: 1 << 20, Mode: 0b001_111_111_111),
                ],
            },
            secretsFolder: null);

        Assert.Equal(
            [("volume", "notes-data", "/data", false), ("bind", "/srv/notes", "/site", true), ("tmpfs", null, "/tmp", null)],
            request.HostConfig!.Mounts!.Select(mount => (mount.Type, mount.Source, mount.Target, mount.ReadOnly)));
        Assert.Equal((1L << 20, 0b001_111_111_111u), (request.HostConfig.Mounts![2].TmpfsOptions!.SizeBytes, request.HostConfig.Mounts[2].TmpfsOptions!.Mode));
    }

    [Fact]
    public void Ports_are_bound_on_the_address_that_was_asked_for()
    {
        var request = ContainerRequest.For(
            Spec with { Publish = [new PublishedPort(25, 2525, HostAddress: "127.0.0.1"), new PublishedPort(53, 5353, Udp: true)] }, null);

        Assert.Equal(["25/tcp", "53/udp"], request.ExposedPorts!.Keys);
        var mail = Assert.Single(request.HostConfig!.PortBindings!["25/tcp"]);
        Assert.Equal(("127.0.0.1", "2525"), (mail.HostIP, mail.HostPort));
    }

    [Fact]
    public void Options_are_passed_on_under_the_names_packages_use()
    {
        var request = With(
            ("mem_limit", "\"512m\""), ("cpus", "1.5"), ("cap_add", "[\"CAP_NET_ADMIN\", \"sys_nice\"]"),
            ("extra_hosts", "{\"a.test\": \"10.0.0.1\"}"), ("read_only", "true"), ("user", "\"1000:1000\""));

        var host = request.HostConfig!;
        Assert.Equal((512L << 20, 1_500_000_000L, true, "1000:1000"), (host.Memory, host.NanoCPUs, host.ReadonlyRootfs, request.User));
        Assert.Equal(["NET_ADMIN", "SYS_NICE"], host.CapAdd);
        Assert.Equal(["a.test:10.0.0.1"], host.ExtraHosts);
    }

    [Fact]
    public void Options_that_Nua_decides_itself_change_nothing()
    {
        var request = With(("auto_remove", "true"), ("detach", "true"), ("restart_policy", "{\"name\": \"no\"}"));

        Assert.False(request.HostConfig!.AutoRemove);
        Assert.Equal(RestartPolicyKind.UnlessStopped, request.HostConfig.RestartPolicy!.Name);
    }

    [Theory]
    [InlineData("privileged", "true")]
    [InlineData("network", "\"host\"")]
    [InlineData("volumes", "[\"/:/host\"]")]
    [InlineData("devices", "[\"/dev/sda\"]")]
    [InlineData("security_opt", "[\"seccomp=unconfined\"]")]
    [InlineData("cap_add", "[\"SYS_ADMIN\"]")]
    [InlineData("cap_add", "\"ALL\"")]
    [InlineData("mem_limit", "\"plenty\"")]
    [InlineData("mem_limit", "[]")]
    [InlineData("read_only", "\"yes\"")]
    [InlineData("tmpfs", "7")]
    [InlineData("cpu_shares", "\"8\"")]
    [InlineData("dns", "not json")]
    public void Options_that_are_dangerous_or_wrong_are_refused(string option, string value)
    {
        var refusal = Assert.Throws<NuaException>(() => With((option, value))).Problem;

        Assert.Equal((ProblemKind.Invalid, "runtime.option-refused"), (refusal.Kind, refusal.Code));
        Assert.Contains($"'{option}'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1024", 1024L)]
    [InlineData("\"1024\"", 1024L)]
    [InlineData("\"512b\"", 512L)]
    [InlineData("\"16k\"", 16L << 10)]
    [InlineData("\"8G\"", 8L << 30)]
    [InlineData("\"1.5gb\"", 3L << 29)]
    [InlineData("\"1T\"", 1L << 40)]
    public void Sizes_are_read_as_docker_reads_them(string written, long bytes) =>
        Assert.Equal(bytes, With(("mem_limit", written)).HostConfig!.Memory);

    [Fact]
    public void The_hash_of_a_spec_tells_all_that_makes_another_container_and_nothing_else()
    {
        var hash = SpecHash.Of(Spec);
        var same = new[]
        {
            Spec with { Owner = Spec.Owner with { Operation = "op-8" } },
            Spec with { Command = [.. Spec.Command] },
        };
        var others = new[]
        {
            Spec with { Image = "notes:2" },
            Spec with { Command = ["a b"] },
            Spec with { Command = ["a", "b"] },
            Spec with { Environment = new Dictionary<string, string> { ["A"] = "b" } },
            Spec with { Secrets = new Dictionary<string, Secret> { ["A"] = new("b") } },
            Spec with { Mounts = [new Mount.OfVolume("a", "/b")] },
            Spec with { Mounts = [new Mount.OfDirectory("a", "/b")] },
            Spec with { Network = "a" },
            Spec with { Aliases = ["a"] },
            Spec with { Publish = [new PublishedPort(1, 2)] },
            Spec with { Limits = new Limits(MemoryBytes: 1) },
            Spec with { EngineOptions = new Dictionary<string, string> { ["A"] = "b" } },
        };

        Assert.All(same, spec => Assert.Equal(hash, SpecHash.Of(spec)));
        Assert.Equal(others.Length + 1, others.Select(SpecHash.Of).Append(hash).Distinct().Count());
    }

    [Fact]
    public void The_hash_of_a_spec_says_nothing_of_secret_values()
    {
        var one = Spec with { Secrets = new Dictionary<string, Secret> { ["A"] = new("1234") } };
        var other = Spec with { Secrets = new Dictionary<string, Secret> { ["A"] = new("4321") } };

        Assert.Equal(SpecHash.Of(one), SpecHash.Of(other));
    }

    private static CreateContainerParameters With(params (string Name, string Value)[] options) =>
        ContainerRequest.For(Spec with { EngineOptions = options.ToDictionary(option => option.Name, option => option.Value) }, null);
}
