using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Xunit;

namespace Nua.Tests.Core.Packages;

public sealed class PackageReaderTests
{
    private const string Metadata =
        """
        [metadata]
        id = "notes"
        version = "1.0"
        title = "Notes"
        author = "us"

        """;

    private const string OldConfig =
        """
        [metadata]
        id = "notes"
        version = "1.0"
        title = "Notes"
        author = "us"
        license = "MIT"
        checksum = "c9bd99c65cf45fa1d7808855b46abbfa13b24400254d8da5e81dae2965494bb3"
        [build]
        build-command = "make"
        run-packages = ["libpq5"]
        [run.env]
        A = "1"
        [[assign]]
        key = "PASSWORD"
        random_str = true
        [instance.number]
        key = "NUMBER"
        random_int = true
        [port.web]
        container = 80
        host = "auto"
        [[volume]]
        type = "volume"
        driver = "local"
        prefix = "uploads"
        target = "/up"
        [[volume.options]]
        o = "1"
        [[volume]]
        type = "bind"
        source = "/srv"
        target = "/srv"
        [[resource]]
        name = "db"
        type = "postgres"
        version = "14"
        [resource.backup]
        method = "pg_dumpall"
        destination = "local"
        [[resource]]
        name = "other"
        base-image = "x:1"
        plugin-name = "mariadb"
        version = "10.6"
        """;

    [Fact]
    public void All_mistakes_are_found_at_once_each_with_its_place_and_a_fix()
    {
        var refusal = Assert.Throws<PackageException>(() => PackageReader.Read("nua-config.toml", """
            [metadata]
            id = "notes"
            verison = "1.0"
            title = ["x"]
            author = "us"

            [port.admin]
            container = 99999
            """));

        Assert.Equal(
            [
                "nua-config.toml:1:2: error: 'metadata.version' is missing or empty. Add 'version = …' to [metadata]. [package.missing-key]",
                "nua-config.toml:3:1: warning: Nothing reads 'metadata.verison'. Did you mean 'version'? [package.unknown-key]",
                "nua-config.toml:4:9: error: 'metadata.title' is a list where a text is wanted. Write one text in quotes, without brackets. [package.wrong-kind]",
                "nua-config.toml:7:7: error: 'port.admin' is published nowhere. Add 'proxy = …' (a port of the gateway) or 'host = …' (a port of the server); only [port.web] needs neither. [package.port-goes-nowhere]",
                "nua-config.toml:8:13: error: 'port.admin.container' cannot be 99999. Write a whole number from 1 to 65535. [package.out-of-range]",
            ],
            refusal.Findings.Select(finding => finding.ToString()));
        Assert.Equal("nua-config.toml has 4 errors.", refusal.Problem.Message);
    }

    [Theory]
    [InlineData("nua-config.toml", "[metadata]\nid = 'a'\nversion = '1'\ntitle = 't'\nauthor = 'x'\nrelease = 0\n", "6:11")]
    [InlineData("nua-config.yaml", "metadata:\n  id: a\n  version: '1'\n  title: t\n  author: x\n  release: 0\n", "6:12")]
    [InlineData("nua-config.json", "{\"metadata\": {\"id\": \"a\", \"version\": \"1\",\n \"title\": \"é\", \"author\": \"x\", \"release\": 0}}", "2:42")]
    public void The_three_formats_report_the_same_mistake_at_its_place(string file, string text, string place)
    {
        var finding = Assert.Single(PackageReader.Inspect(file, text).Findings);

        Assert.Equal($"{file}:{place}: error: 'metadata.release' cannot be 0. Write a whole number, at least 1. [package.out-of-range]", finding.ToString());
    }

    [Fact]
    public void The_three_formats_say_the_same_package()
    {
        const string toml = Metadata + """
            [build]
            src-url = "https://x/{version}"
            packages = ["a", "b"]
            [env]
            DEBUG = true
            [env.HOST]
            from = "db"
            key = "hostname"
            [[provider]]
            name = "db"
            module-name = "postgres"
            """;
        const string yaml = """
            metadata: &me {id: notes, version: "1.0", title: Notes, author: us}
            build:
              src_url: https://x/{version}
              packages: [a, b]
            env:
              DEBUG: true
              HOST: {from: db, key: hostname}
            provider:
            - name: db
              module-name: postgres
            """;
        const string json = """
            {
              // comments and trailing commas are let pass
              "metadata": {"id": "notes", "version": "1.0", "title": "Notes", "author": "us"},
              "build": {"src-url": "https://x/{version}", "packages": ["a", "b"]},
              "env": {"DEBUG": true, "HOST": {"from": "db", "key": "hostname"}},
              "provider": [{"name": "db", "module-name": "postgres",}],
            }
            """;

        var written = PackageWriter.ToJson(PackageReader.Read("a.toml", toml));

        Assert.Equal(written, PackageWriter.ToJson(PackageReader.Read("a.yaml", yaml)));
        Assert.Equal(written, PackageWriter.ToJson(PackageReader.Read("a.json", json)));
    }

    [Fact]
    public void An_unknown_key_is_a_warning_and_strictly_an_error()
    {
        var relaxed = PackageReader.Inspect("a.toml", Metadata + "[bulid]\n");
        var strict = PackageReader.Inspect("a.toml", Metadata + "[bulid]\n", new ReadingOptions(Strict: true));

        Assert.Equal(FindingSeverity.Warning, Assert.Single(relaxed.Findings).Severity);
        Assert.NotNull(relaxed.Package);
        Assert.Equal("Did you mean 'build'?", Assert.Single(strict.Findings).Problem.Hint);
        Assert.Null(strict.Package);
    }

    [Theory]
    [InlineData("version = 1.10", "1.1", "package.number-loses-digits")]
    [InlineData("version = 2", "2", null)]
    [InlineData("version = 1.0", "1.0", null)]
    [InlineData("version = true", "true", null)]
    public void A_number_as_version_becomes_a_text_and_says_what_it_loses(string line, string version, string? code)
    {
        var reading = PackageReader.Inspect("a.toml", Metadata.Replace("version = \"1.0\"", line, StringComparison.Ordinal));

        Assert.Equal(version, reading.Package!.Metadata.Version);
        Assert.Equal(code, reading.Findings.SingleOrDefault()?.Problem.Code);
    }

    [Fact]
    public void Plain_words_of_YAML_follow_the_core_schema_of_1_2()
    {
        var package = PackageReader.Read("a.yaml", """
            metadata: {id: a, version: '1', title: t, author: x}
            env: {A: yes, B: no, C: on, D: True, E: 0o17, F: 0x1F, G: 2020-01-01, H: .5, I: !!str 12, J: "null"}
            """);

        Assert.Equal(
            "A=yes B=no C=on D=true E=15 F=31 G=2020-01-01 H=0.5 I=12 J=null",
            string.Join(' ', package.Env.Select(variable => $"{variable.Key}={((Setting.Literal)variable.Value).Value}")));
    }

    [Theory]
    [InlineData("A = 1", "1")]
    [InlineData("A = 1.5", "1.5")]
    [InlineData("A = true", "true")]
    [InlineData("A = ['x', 2, {y = 1}]", """["x",2,{"y":1}]""")]
    [InlineData("A = '{\"json\": {\"b\": 1}}'", """{"json": {"b": 1}}""")]
    public void The_value_of_a_variable_becomes_a_text(string line, string value) =>
        Assert.Equal(new Setting.Literal(value), EnvOf(line));

    [Fact]
    public void A_table_says_where_a_value_comes_from()
    {
        Assert.Equal(new Setting.Lookup(null, "domain"), EnvOf("A = { from = '', key = 'domain' }"));
        Assert.Equal(new Setting.RandomText(12, Persistent: false, Display: true), EnvOf("A = { random = 'true', length = '12', persistent = false, display = true }"));
        Assert.Equal(new Setting.RandomText(Persistent: false), EnvOf("A = { random = true, persist = 'false' }"));
        Assert.Equal(new Setting.RandomInteger(), EnvOf("A = { random = true, type = 'int' }"));
        Assert.Equal(new Setting.UniqueDatabase(), EnvOf("A = { unique_db = true }"));
        Assert.Equal(new Setting.UniqueUser(), EnvOf("A = { unique_user = true }"));
        Assert.Equal(new Setting.ExternalIp(), EnvOf("A = { external_ip = true }"));
        Assert.Equal(new Setting.HostPassword("postgres"), EnvOf("A = { nua_internal = 'postgres' }"));
    }

    [Fact]
    public void The_first_rule_of_the_formats_order_decides() =>
        Assert.Equal(new Setting.Lookup(null, "x"), EnvOf("A = { unique_db = true, random = true, key = 'x' }"));

    [Theory]
    [InlineData("A = 2020-01-01", "package.no-variable")]
    [InlineData("A = { key = { x = 1 } }", "package.wrong-kind")]
    [InlineData("'B C' = 1", "package.bad-variable")]
    [InlineData("A = { from = 'nobody', key = 'x' }", "package.unknown-source")]
    [InlineData("A = { random = true, length = 0 }", "package.out-of-range")]
    [InlineData("A = [1, 2020-01-01]", "package.wrong-kind")]
    [InlineData("A = { key = 2020-01-01 }", "package.wrong-kind")]
    [InlineData("'A env.C' = 1", "package.bad-variable")]
    public void What_cannot_be_a_variable_is_an_error(string line, string code)
    {
        var finding = Assert.Single(PackageReader.Inspect("a.toml", Metadata + "[env]\n" + line).Findings);

        Assert.Equal((FindingSeverity.Error, code, 7), (finding.Severity, finding.Problem.Code, finding.Line));
    }

    [Fact]
    public void A_variable_may_come_from_a_volume_or_a_provider()
    {
        var package = PackageReader.Read("a.toml", Metadata + """
            [env]
            A = { from = "files", key = "target" }
            B = { from = "db", key = "hostname" }
            [[volume]]
            name = "files"
            target = "/files"
            [[provider]]
            name = "db"
            module-name = "postgres"
            """);

        Assert.Equal(2, package.Env.Count);
    }

    [Fact]
    public void Old_spellings_count_and_say_the_new_one()
    {
        var reading = PackageReader.Inspect("a.toml", OldConfig);

        Assert.All(reading.Findings, finding => Assert.Equal(FindingSeverity.Deprecated, finding.Severity));
        Assert.Equal(22, reading.Findings.Count);
        var package = reading.Package!;
        Assert.Equal(("MIT", 64, "make"), (package.Build.License, package.Build.SrcChecksum!.Length, package.Build.Commands[0]));
        Assert.Equal(["libpq5"], package.Run.Packages);
        Assert.Equal(["A", "PASSWORD", "NUMBER"], package.Env.Keys);
        Assert.Equal(new Setting.RandomInteger(), package.Env["NUMBER"]);
        Assert.Null(package.Ports[0].Host);
        Assert.Equal((VolumeType.Managed, "docker", "uploads", "1"), (package.Volumes[0].Type, package.Volumes[0].Driver, package.Volumes[0].Name, package.Volumes[0].Options["o"]));
        Assert.Equal((VolumeType.Directory, "/srv"), (package.Volumes[1].Type, package.Volumes[1].Name));
        Assert.Equal(("postgres", ">=14, <15", null), (package.Providers[0].Module, package.Providers[0].ModuleVersion, package.Providers[0].Type));
        Assert.Equal(("pg_dump", "local"), (package.Providers[0].Backup!.Method, package.Providers[0].Backup!.Destinations[0]));
        Assert.Equal(("mariadb", ">=10.6, <10.7", "x:1"), (package.Providers[1].Module, package.Providers[1].ModuleVersion, package.Providers[1].Build!.BaseImage));
    }

    [Fact]
    public void An_old_key_beside_the_new_one_does_not_count()
    {
        var reading = PackageReader.Inspect("a.toml", Metadata + "license = 'old'\n[build]\nlicense = 'new'\n");

        Assert.Equal("new", reading.Package!.Build.License);
        Assert.Equal("package.old-and-new", Assert.Single(reading.Findings).Problem.Code);
    }

    [Theory]
    [InlineData("sha256:C9BD99C65CF45FA1D7808855B46ABBFA13B24400254D8DA5E81DAE2965494BB3", true)]
    [InlineData("c9bd99c65cf45fa1d7808855b46abbfa13b24400254d8da5e81dae2965494bb", false)]
    [InlineData("zzbd99c65cf45fa1d7808855b46abbfa13b24400254d8da5e81dae2965494bb3", false)]
    public void A_checksum_is_64_digits_whatever_stands_before_them(string text, bool good)
    {
        var reading = PackageReader.Inspect("a.toml", Metadata + $"[build]\nsrc-checksum = '{text}'\n");

        Assert.Equal(good, reading.Findings.Count == 0);
        Assert.Equal(good ? "c9bd99c65cf45fa1d7808855b46abbfa13b24400254d8da5e81dae2965494bb3" : null, reading.Package?.Build.SrcChecksum);
    }

    [Fact]
    public void Ports_are_folded_defaulted_and_bounded()
    {
        var package = PackageReader.Read("a.toml", Metadata + """
            [port.web]
            container = "80"
            [port.My_Port]
            container = { key = "PORT" }
            proxy = 8443
            protocol = " UDP "
            ssl = false
            """);

        Assert.Equal(new Port { Name = "web", Container = new PortNumber.Fixed(80) }, package.Ports[0]);
        Assert.Equal(
            new Port
            {
                Name = "my-port",
                Container = new PortNumber.Dynamic(new Setting.Lookup(null, "PORT")),
                Proxy = new PortNumber.Fixed(8443),
                Protocol = PortProtocol.Udp,
                Ssl = false,
            },
            package.Ports[1]);
        Assert.True(package.Ports[1].IsWeb);
    }

    [Theory]
    [InlineData("port = 80")]
    [InlineData("[[port]]\ncontainer = 80")]
    [InlineData("[port]\nweb = 80")]
    [InlineData("[port.web]\ncontainer = 0")]
    [InlineData("[port.web]\nproxy = 1")]
    [InlineData("[port.web]\ncontainer = 80\nprotocol = 'sctp'")]
    [InlineData("[port.a]\ncontainer = 80\nproxy = 1\n[port.b]\ncontainer = 81\nproxy = 1")]
    [InlineData("[port.a_b]\ncontainer = 80\nhost = 1\n[port.a-b]\ncontainer = 81\nhost = 2")]
    [InlineData("[volume]\ntarget = '/x'")]
    [InlineData("[[volume]]\ntarget = 'x'\nname = 'a'")]
    [InlineData("[[volume]]\ntarget = '/x'")]
    [InlineData("[[volume]]\ntarget = '/x'\ntype = 'directory'\nname = 'relative'")]
    [InlineData("[[volume]]\ntarget = '/x'\nname = 'a'\n[[volume]]\ntarget = '/x/'\nname = 'b'")]
    [InlineData("[[provider]]\nname = 'a'\n[[provider]]\nname = 'a'")]
    [InlineData("[build]\nmethod = 'dokerfile'")]
    [InlineData("[build]\nbuilder = 5.5.5")]
    [InlineData("[healthcheck]\ncommand = 'x'")]
    [InlineData("[healthcheck]\ncommand = 'x'\ninterval = 0")]
    [InlineData("[backup]\ndrill = 'now and then'")]
    [InlineData("[[test]]\nname = 'nothing'")]
    [InlineData("[[test]]\nurl = '/'\ncommand = 'x'")]
    [InlineData("[[test]]\nurl = 'front page'")]
    [InlineData("[[test]]\nurl = '/'\nwhen = ['sometimes']")]
    [InlineData("[[test]]\nurl = '/'\nwhen = []")]
    [InlineData("[[test]]\ncommand = 'x'\nexpect-status = 200")]
    [InlineData("[[test]]\ncommand = 'x'\nmethod = 'POST'")]
    [InlineData("[healthcheck]\ncommand = 'x'\ninterval = 1\nretries = nan")]
    [InlineData("[healthcheck]\ncommand = 'x'\ninterval = inf")]
    [InlineData("[docker]\na = [2020-01-01]")]
    [InlineData("[update]\nstrategy = 'fast'")]
    [InlineData("env = 5")]
    [InlineData("[[build]]\nlicense = 'x'")]
    [InlineData("[env]\nA = \"\\u0000\"")]
    public void What_cannot_work_is_an_error_with_its_line(string lines)
    {
        // What stands at the top of a file cannot follow a section.
        var text = lines.StartsWith('[') ? Metadata + lines : lines + "\n" + Metadata;
        var reading = PackageReader.Inspect("a.toml", text);

        Assert.Null(reading.Package);
        Assert.Contains(reading.Findings, finding => finding.Severity == FindingSeverity.Error);
        Assert.All(reading.Findings, finding => Assert.NotEqual("", finding.Problem.Hint));
    }

    [Fact]
    public void Options_of_a_volume_keep_their_names_and_a_mode_is_octal()
    {
        var package = PackageReader.Read("a.toml", Metadata + """
            [[volume]]
            type = "tmpfs"
            target = "/tmp/x"
            [volume.options]
            tmpfs-size = "1G"
            tmpfs_mode = 0o1777
            readonly = true
            IdentityFile = "/root/.ssh/id"
            """);

        Assert.Equal(
            new Dictionary<string, string> { ["tmpfs_size"] = "1G", ["tmpfs_mode"] = "1777", ["read-only"] = "true", ["IdentityFile"] = "/root/.ssh/id" },
            package.Volumes[0].Options);
    }

    [Fact]
    public void The_test_protocol_is_read_with_both_vocabularies()
    {
        var package = PackageReader.Read("a.toml", Metadata + """
            [[test]]
            name = "front page"
            url = "/"
            expect-text = "hello"
            within = "5s"
            when = ["deploy", "drill"]
            writes = true

            [[test]]
            expect_str = "again"
            expect_not_status = 500
            expect_host_volume = "uploads"

            [[test]]
            command = "true"
            """);

        var page = Assert.IsType<TestStep.Http>(package.Tests[0]);
        Assert.Equal(("front page", "/", 200, "hello"), (page.Name, page.Url, page.ExpectStatus, page.ExpectText));
        Assert.Equal((TimeSpan.FromSeconds(5), true), (page.Within, page.Writes));
        Assert.Equal([TestOccasion.Deploy, TestOccasion.Drill], page.When);
        var again = Assert.IsType<TestStep.Http>(package.Tests[1]);
        Assert.Equal(("GET /", null, 500, "again"), (again.Name, again.ExpectStatus, again.ExpectNotStatus, again.ExpectText));
        Assert.Equal("uploads", Assert.IsType<TestStep.HostVolume>(package.Tests[2]).Volume);
        Assert.Equal("true", Assert.IsType<TestStep.Command>(package.Tests[3]).Line);
    }

    [Theory]
    [InlineData("a.toml", "x = \n[b\n", "package.unreadable")]
    [InlineData("a.toml", "x = \"\\ud800\"", "package.unreadable")]
    [InlineData("a.yaml", "a: [1, 2\nb: }", "package.unreadable")]
    [InlineData("a.yaml", "a: 1\na: 2\n", "package.given-twice")]
    [InlineData("a.yaml", "a: *b\n", "package.unreadable")]
    [InlineData("a.yaml", "a: !!python/object:os.system x\n", "package.unreadable")]
    [InlineData("a.yaml", "--- {a: 1}\n--- {b: 1}\n", "package.unreadable")]
    [InlineData("a.json", "{\"a\": 1, \"a\": 2}", "package.given-twice")]
    [InlineData("a.json", "{\"a\": \"\\ud800\"}", "package.unreadable")]
    [InlineData("a.json", "{} {}", "package.unreadable")]
    [InlineData("a.yaml", "", "package.empty")]
    [InlineData("a.json", " \n", "package.empty")]
    [InlineData("a.yaml", "- 1\n", "package.not-a-table")]
    [InlineData("a.ini", "x", "package.unknown-format")]
    [InlineData("a", "x", "package.unknown-format")]
    public void A_file_that_cannot_be_read_says_where(string file, string text, string code)
    {
        var reading = PackageReader.Inspect(file, text);

        Assert.Null(reading.Package);
        Assert.Contains(reading.Findings, finding => finding.Problem.Code == code && finding.Line > 0 && finding.Column > 0);
    }

    [Fact]
    public void An_empty_TOML_file_lacks_its_metadata() =>
        Assert.Equal("There is no [metadata] section.", Assert.Single(PackageReader.Inspect("a.toml", "").Findings).Problem.Message);

    [Theory]
    [InlineData("a.toml", "a = ", "[", "]")]
    [InlineData("a.json", "{\"a\": ", "[", "]")]
    [InlineData("a.yaml", "a: ", "[", "]")]
    [InlineData("a.toml", "a = 1\na.", "a.", "")]
    public void Nesting_is_bounded(string file, string start, string open, string close)
    {
        const int levels = 20_000;
        var text = start + string.Concat(Enumerable.Repeat(open, levels)) + "b" + string.Concat(Enumerable.Repeat(close, levels));

        Assert.Null(PackageReader.Inspect(file, text).Package);
    }

    [Fact]
    public void Aliases_of_YAML_cannot_blow_it_up()
    {
        var lines = Enumerable.Range(1, 30).Select(level => $"a{level}: &a{level} [*a{level - 1}, *a{level - 1}, *a{level - 1}]");
        var text = "a0: &a0 [x, y, z]\n" + string.Join('\n', lines);

        Assert.Contains("aliases counted", Assert.Single(PackageReader.Inspect("a.yaml", text).Findings).Problem.Message);
    }

    [Fact]
    public void Anchors_and_merge_keys_of_YAML_are_followed()
    {
        var package = PackageReader.Read("a.yaml", """
            metadata: {id: a, version: '1', title: t, author: x}
            docker: {base: &base {a: 1, b: 2}, more: {<<: *base, b: 3}}
            """);

        Assert.Equal("""{"b":3,"a":1}""", package.Docker["more"].GetRawText());
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_unread() =>
        Assert.Equal("package.too-large", Assert.Single(PackageReader.Inspect("a.toml", new string('#', 256 * 1024 + 1)).Findings).Problem.Code);

    [Theory]
    [InlineData("A = { x = { y = 1 }, key = 'domain' }")]
    [InlineData("A = { x = 2020-01-01, key = 'domain' }")]
    public void A_rule_holds_no_table_and_no_date(string line)
    {
        var reading = PackageReader.Inspect("a.toml", Metadata + "[env]\n" + line);

        Assert.Contains(reading.Findings, finding => finding is { Severity: FindingSeverity.Error, Problem.Code: "package.wrong-kind" });
    }

    [Theory]
    [InlineData("{A: }")]
    [InlineData("{A: {key: domain, from: }}")]
    public void A_variable_is_not_nothing(string env)
    {
        var reading = PackageReader.Inspect("a.yaml", $"metadata: {{id: a, version: '1', title: t, author: x}}\nenv: {env}\n");

        Assert.Equal(FindingSeverity.Error, Assert.Single(reading.Findings).Severity);
    }

    [Theory]
    [InlineData("1_000", 1000)]
    [InlineData("1e1", 10)]
    [InlineData("0x0A", 10)]
    [InlineData("1.5", 1.5)]
    public void A_number_of_seconds_is_written_as_any_number(string interval, double seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            PackageReader.Read("a.toml", Metadata + $"[healthcheck]\ncommand = 'x'\ninterval = {interval}\n").HealthCheck!.Interval);

    [Theory]
    [InlineData("a.yaml", "0777", "777", false)]
    [InlineData("a.yaml", "0o1777", "1777", false)]
    [InlineData("a.yaml", "'1777'", "1777", false)]
    [InlineData("a.yaml", "777", "1411", true)]
    [InlineData("a.json", "1777", "3361", true)]
    public void A_mode_is_octal_and_a_decimal_one_is_a_warning(string file, string written, string mode, bool warned)
    {
        var text = $$$"""{"metadata": {"id": "a", "version": "1", "title": "t", "author": "x"}, "volume": [{"type": "tmpfs", "target": "/t", "options": {"tmpfs_mode": {{{written}}}}}]}""";
        var reading = PackageReader.Inspect(file, text);

        Assert.Equal(mode, reading.Package!.Volumes[0].Options["tmpfs_mode"]);
        Assert.Equal(warned ? ["package.decimal-mode"] : [], reading.Findings.Select(finding => finding.Problem.Code));
    }

    [Theory]
    [InlineData("[volume]\ntarget = '/x'", "Write [[volume]], with two brackets, once for each.")]
    [InlineData("[provider]\nname = 'x'", "Write [[provider]], with two brackets, once for each.")]
    [InlineData("[[port]]\ncontainer = 80", "Write [port.web] and 'container = …' below it.")]
    [InlineData("[port]\nweb = 80", "Write [port.web] and 'container = …' below it.")]
    [InlineData("[[build]]\nlicense = 'x'", "Write [build] once, with one bracket.")]
    [InlineData("[build]\nlicense = { x = 1 }", "Write one text in quotes.")]
    [InlineData("[healthcheck]\ncommand = ['x']\ninterval = 1", "Write one text in quotes, without brackets.")]
    [InlineData("[[provider]]\nname = 'x'\nmodule-name = 'postgres'\n[provider.volume]\ntarget = '/x'", "Write [[provider.volume]], with two brackets, once for each.")]
    public void What_is_of_the_wrong_kind_says_how_to_write_it(string lines, string hint) =>
        Assert.Equal(hint, Assert.Single(PackageReader.Inspect("a.toml", Metadata + lines).Findings).Problem.Hint);

    [Fact]
    public void A_step_may_expect_a_status_alone()
    {
        var package = PackageReader.Read("a.toml", Metadata + "[[test]]\nurl = '/login'\n[[test]]\nexpect_status = 403\n[[test]]\nmethod = 'POST'\n");

        Assert.Equal(
            [("GET", "/login", 200), ("GET", "/login", 403), ("POST", "/login", 200)],
            package.Tests.Cast<TestStep.Http>().Select(step => (step.Method, step.Url, step.ExpectStatus ?? 0)));
    }

    [Theory]
    [InlineData("[[test]]\nurl = '/'\nexpect-text = 'a'\nexpect-str = 'b'", "'test[0].expect-str' does not count, because 'test[0].expect-text' says the same and is given as well.")]
    [InlineData("[[test]]\nurl = '/'\nexpect_not_text = 'a'\nexpect_not_str = 'b'", "'test[0].expect_not_str' does not count, because 'test[0].expect_not_text' says the same and is given as well.")]
    [InlineData("[env]\nA = { random = true, persist = false, persistent = true }", "'env.A.persist' does not count, because 'env.A.persistent' says the same and is given as well.")]
    public void Two_words_for_one_thing_are_a_warning(string lines, string message)
    {
        var finding = Assert.Single(PackageReader.Inspect("a.toml", Metadata + lines).Findings);

        Assert.Equal((FindingSeverity.Warning, message), (finding.Severity, finding.Problem.Message));
    }

    [Fact]
    public void What_is_about_a_page_is_named_beside_a_command()
    {
        var findings = PackageReader.Inspect("a.toml", Metadata + "[[test]]\ncommand = 'x'\nurl = '/'\nexpect-text = 'a'\n").Findings;

        Assert.Equal(
            ["8:1 'test[0].url' is about a page, but this step runs a command.", "9:1 'test[0].expect-text' is about a page, but this step runs a command."],
            findings.Select(finding => $"{finding.Line}:{finding.Column} {finding.Problem.Message}"));
    }

    private static Setting EnvOf(string line) => PackageReader.Read("a.toml", Metadata + "[env]\n" + line).Env["A"];
}
