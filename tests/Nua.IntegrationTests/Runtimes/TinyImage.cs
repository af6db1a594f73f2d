using System.Diagnostics;
using Xunit;

[assembly: AssemblyFixture(typeof(Nua.IntegrationTests.Runtimes.TinyImage))]

namespace Nua.IntegrationTests.Runtimes;

/// <summary>
/// A two-megabyte image made from the machine's own static busybox (Debian's busybox-static), because tests pull nothing.
/// </summary>
public sealed class TinyImage : IAsyncLifetime
{
    public const string Name = "nua-test/tiny:1";

    private const string Dockerfile =
        """
        FROM scratch
        COPY busybox /bin/busybox
        RUN ["/bin/busybox", "--install", "-s", "/bin"]
        """;

    public async ValueTask InitializeAsync()
    {
        var context = Directory.CreateTempSubdirectory("nua-tiny-");
        try
        {
            File.Copy("/bin/busybox", Path.Combine(context.FullName, "busybox"));
            await File.WriteAllTextAsync(Path.Combine(context.FullName, "Dockerfile"), Dockerfile);

            using var build = Process.Start("docker", ["build", "--quiet", "--tag", Name, context.FullName]);
            await build.WaitForExitAsync();
            Assert.Equal(0, build.ExitCode);
        }
        finally
        {
            context.Delete(recursive: true);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
