using System.Net;
using System.Security.Cryptography.X509Certificates;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Sites;
using Nua.Testing;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>
/// The predecessor's deploy files, run. Their packages are as they were written but for the app itself, whose place a server
/// takes that tells what it was given: its folders, its variables.
/// </summary>
public sealed class CorpusRunTests(CorpusRunTests.Server server) : IClassFixture<CorpusRunTests.Server>
{
    private const string StandIn =
        """
        import os
        import sys
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
        from threading import Thread


        class Mirror(BaseHTTPRequestHandler):
            def do_GET(self):
                mounts = [line.split()[1] for line in open("/proc/mounts")]
                uploads = "/var/tmp/mount_point/" + os.environ.get("UPLOAD_DIRNAME", "")
                lines = [f"path: {self.path}", *sys.argv[1:2], uploads, *mounts, *(f"variable {name}" for name in os.environ)]
                body = "\n".join(lines).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)


        servers = [ThreadingHTTPServer(("", int(port)), Mirror) for port in sys.argv[2:] or ["8000"]]
        for one in servers[1:]:
            Thread(target=one.serve_forever, daemon=True).start()
        servers[0].serve_forever()
        """;

    /// <summary>What their pages say in words of their own, for the tests of the sites files.</summary>
    private static readonly Dictionary<string, string> Words = new()
    {
        ["flask-upload-bind-mount"] = "File Upload on local bind mount directory",
        ["flask-upload-tmpfs"] = "File Upload on container tmpfs",
    };

    /// <summary>
    /// What does not run, and how that is said: versions that no release of the distribution has, an image of a registry, and a
    /// test that wants a folder of the host which its package does not name.
    /// </summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["nua/apps/real-apps/abilian-sbe/sample_deploy.json"] = "'postgres' in version '14'",
        ["nua/apps/real-apps/hedgedoc/sample_deploy.json"] = "'postgres' in version '14'",
        ["nua/apps/real-apps/dolibarr/sample_deploy.json"] = "'mariadb' in version '10.6'",
        ["nua/nua-orchestrator/test_integration/configs_ko/09-flask_upload_bind_mount.toml"] = "the server has no folder '/var/tmp/uploads_local'",
        ["nua/apps/sample-apps/nua_flask_sqla_postgresql_no_plugin/sample_deploy.json"] = "docker.io/library/postgres:15.1",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string>> Files => Corpus.ValidSites;

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Its_sites_answer_with_what_they_were_to_have(string file)
    {
        var sites = SitesReader.Read(file, Corpus.Text(file));
        var packages = new List<Package>();
        foreach (var site in sites)
        {
            packages.Add(await server.BuildAsync(site.Image));
        }

        var deployed = await server.Nua.NuaAsync("deploy", Path.Combine(Corpus.Folder!, "corpus", file));
        if (Refused.TryGetValue(file, out var why))
        {
            Assert.NotEqual(0, deployed.ExitCode);
            Assert.Contains(why, deployed.ToString());
            Assert.Empty(await server.Nua.ObjectsAsync("container"));
            return;
        }

        try
        {
            Assert.True(deployed.ExitCode == 0, deployed.ToString());
            foreach (var (site, package) in sites.Zip(packages))
            {
                await VisitAsync(site, package);
            }
        }
        finally
        {
            foreach (var site in sites)
            {
                await server.Nua.NuaAsync("destroy", site.Label.Instance.ToString(), "--with-data", "--accept-data-loss", "--yes");
            }
        }

        Assert.Empty(await server.Nua.ObjectsAsync("container"));
        Assert.Empty(await server.Nua.ObjectsAsync("volume"));
    }

    private async Task VisitAsync(Site site, Package package)
    {
        if (package.Ports.Count == 0)
        {
            return;
        }

        // Public names have a stand-in of their own until somebody vouches for them.
        var door = server.Nua.Door();
        var interim = Path.Combine(Path.GetDirectoryName(server.Nua.Home.AuthorityCertificate)!, "interim.crt");
        door.SslOptions.CertificateChainPolicy!.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(interim));
        using var visitor = new HttpClient(door) { BaseAddress = new Uri($"https://{site.Address.Host}:{server.Nua.HttpsPort}/") };
        using var page = await visitor.GetAsync($"{site.Address.Path}/who", Cancellation);
        var text = await page.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("path: /who", text);
        Assert.All(package.Env.Keys.Concat(site.Env.Keys), name => Assert.Contains($"variable {name}\n", text + "\n"));
        Assert.All(package.Volumes, volume => Assert.Contains(volume.Target, text));
    }

    /// <summary>A server, and the stand-ins that were built for it.</summary>
    public sealed class Server : IAsyncLifetime
    {
        /// <summary>The folder of the host that two of the packages name.</summary>
        private const string HostFolder = "/var/tmp/nua_test";

        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-corpus-");
        private readonly Dictionary<string, Package> _built = [];
        private readonly bool _hadFolder = Directory.Exists(HostFolder);

        public TestServer Nua { get; } = new();

        public async ValueTask InitializeAsync() => await Nua.StartAsync();

        public async ValueTask DisposeAsync()
        {
            await Nua.DisposeAsync();
            foreach (var package in _built.Values)
            {
                await Command.DockerAsync(CancellationToken.None, "image", "rm", "--force", package.Metadata.ImageReference);
            }

            _folder.Delete(recursive: true);
            if (!_hadFolder && Directory.Exists(HostFolder))
            {
                Directory.Delete(HostFolder);
            }
        }

        /// <summary>Has the image that a site names.</summary>
        public async Task<Package> BuildAsync(string image)
        {
            var id = image.StartsWith("nua-", StringComparison.Ordinal) ? image["nua-".Length..] : image;
            if (!_built.TryGetValue(id, out var package))
            {
                package = Corpus.Configs.Select(row => PackageReader.Read(row.Data, Corpus.Text(row.Data))).First(one => one.Metadata.Id == id);
                var folder = _folder.CreateSubdirectory(id).FullName;
                await File.WriteAllTextAsync(Path.Combine(folder, "nua-config.json"), PackageWriter.ToJson(WithStandIn(package)), Cancellation);
                foreach (var project in package.Providers.Select(provider => provider.Build?.Project).OfType<string>().Prepend(""))
                {
                    var place = Directory.CreateDirectory(Path.Combine(folder, project)).FullName;
                    await File.WriteAllTextAsync(Path.Combine(place, "mirror.py"), StandIn, Cancellation);
                }

                await Nua.NuaOkAsync("build", folder);
                _built[id] = package;
            }

            return package;
        }

        private static Package WithStandIn(Package package) => package with
        {
            Build = new BuildSection { Builders = [], License = package.Build.License },
            Run = Run(Words.GetValueOrDefault(package.Metadata.Id), package.Ports),
            HealthCheck = null,
            Providers =
            [
                .. package.Providers.Select(provider => provider.IsSubApplication
                    ? provider with { Build = new BuildSection { Project = provider.Build!.Project }, Run = Run(words: null, provider.Ports) }
                    : provider),
            ],
        };

        private static RunSection Run(string? words, IReadOnlyList<Port> ports) =>
            new() { Start = [$"python3 mirror.py '{words}' {string.Join(' ', ports.Select(PortOf))}"] };

        private static string PortOf(Port port) => port.Container switch
        {
            PortNumber.Fixed one => $"{one.Number}",
            PortNumber.Dynamic { Setting: Setting.Lookup variable } => $"${variable.Key}",
            _ => throw new InvalidOperationException($"Port '{port.Name}' has no number."),
        };
    }
}
