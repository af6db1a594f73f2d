using System.Text.Json;
using Nua.Core.Problems;
using Nua.Engine.Build;
using Nua.Engine.Images;
using Nua.Engine.Operations;
using Nua.Testing.Fakes;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Engine.Build;

/// <summary>Providers of the type <c>app</c>: planned as packages of their own, built with the package they belong to.</summary>
public sealed class SubApplicationTests : IDisposable
{
    private const string Shop =
        """
        [metadata]
        id = "shop"
        version = "1.2"
        title = "Shop"
        author = "The Nua developers"

        [build]
        project = "front"

        [run]
        start = "python3 front.py"

        [port.web]
        container = 8000

        [[provider]]
        name = "Price list"
        type = "app"

        [provider.build]
        project = "{version}/prices"

        [provider.env]
        DB_HOST = { from = "database", key = "hostname" }

        [[provider.volume]]
        name = "prices"
        target = "/nua/app/prices"

        [[provider]]
        name = "worker"
        type = "app"

        [provider.build]
        project = "work"

        [provider.run]
        start = "python3 work.py"

        [[provider]]
        name = "database"
        module-name = "postgres"
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-parts-");
    private readonly InMemoryImages _images = new();
    private readonly InMemoryImageBuilder _builder;
    private readonly List<string> _log = [];

    public SubApplicationTests()
    {
        _builder = new InMemoryImageBuilder(_images);
        Write("agent", "");
        Write("package/nua-config.toml", Shop);
        Write("package/front/front.py", "");
        Write("package/1.2/prices/Dockerfile", "FROM prices:1\nEXPOSE 9000\n");
        Write("package/work/work.py", "");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_has_a_plan_of_its_own_under_a_name_that_no_package_has()
    {
        var plan = await PlanAsync();

        Assert.Equal(["nua-shop__price-list:1.2", "nua-shop__worker:1.2"], plan.SubApplications.Values.Select(part => part.Reference));
        Assert.Equal(("dockerfile", "python"), (plan.SubApplications["Price list"].Builder, plan.SubApplications["worker"].Builder));
        Assert.All(plan.SubApplications.Values, part => Assert.Equal("shop", part.Labels[ImageLabels.PartOf]));
        Assert.Equal("python", plan.Builder);
        Assert.DoesNotContain(ImageLabels.PartOf, plan.Labels.Keys);
    }

    [Fact]
    public async Task It_is_a_package_with_what_the_provider_says_and_the_providers_it_asks()
    {
        var package = (await PlanAsync()).SubApplications["Price list"].Package;

        Assert.Equal("Shop: Price list", package.Metadata.Title);
        Assert.Equal("/nua/app/prices", Assert.Single(package.Volumes).Target);
        Assert.Equal("database", Assert.Single(package.Providers).Name);
        Assert.Equal(["python3 work.py"], (await PlanAsync()).SubApplications["worker"].Package.Run.Start);
    }

    [Fact]
    public async Task Whoever_deploys_the_package_finds_in_it_what_their_builders_found()
    {
        Write("package/1.2/prices/index.html", "");
        File.Delete(Path.Combine(_folder.FullName, "package/1.2/prices/Dockerfile"));

        var plan = await PlanAsync();

        Assert.Equal("static", plan.SubApplications["Price list"].Builder);
        Assert.Equal("web", Assert.Single(plan.Package.Providers[0].Ports).Name);
    }

    [Fact]
    public async Task Without_a_project_it_is_built_from_the_packages_folder()
    {
        Write("package/nua-config.toml", Shop.Replace("[provider.build]\nproject = \"work\"", ""));
        Write("package/work.py", "");

        Assert.Equal("python", (await PlanAsync()).SubApplications["worker"].Builder);
    }

    [Theory]
    [InlineData("project = \"{version}/prices\"", "project = \"../elsewhere\"", "build.no-project")]
    [InlineData("project = \"{version}/prices\"", "project = \"nowhere\"", "build.no-project")]
    [InlineData("project = \"{version}/prices\"", "builder = \"cobol\"", "build.unknown-builder")]
    [InlineData("name = \"worker\"", "name = \"price-list\"", "build.name-clash")]
    public async Task What_cannot_be_built_is_refused(string before, string after, string code)
    {
        Write("package/nua-config.toml", Shop.Replace(before, after));

        var refusal = (await Assert.ThrowsAsync<NuaException>(PlanAsync)).Problem;

        Assert.Equal(code, refusal.Code);
        Assert.Contains("Price list", $"{refusal.Message} {after}");
    }

    [Fact]
    public async Task They_are_built_first_and_the_image_names_them_by_content_address()
    {
        var built = await BuildAsync();

        Assert.Equal("nua-shop:1.2", _builder.Built[^1]);
        Assert.Equal(
            ["nua-shop__price-list:1.2", "nua-shop__worker:1.2"],
            _builder.Built.SkipLast(1).Where(image => image.StartsWith("nua-", StringComparison.Ordinal)).Order());
        Assert.Equal(["Price list", "worker"], built.SubApplications!.Keys);
        var image = (await _images.FindAsync("nua-shop:1.2", Cancellation))!;
        var named = JsonSerializer.Deserialize<Dictionary<string, string>>(image.Labels[ImageLabels.SubApplications])!;
        Assert.Equal($"nua-shop__worker:1.2@{built.SubApplications["worker"].ImageId}", named["worker"]);
        Assert.Contains("worker: building nua-shop__worker:1.2", _log);
    }

    [Fact]
    public async Task They_are_built_side_by_side()
    {
        var both = new TaskCompletionSource();
        _builder.BeforeImageAsync = async (build, cancellation) =>
        {
            if (_builder.Built.Count == 2)
            {
                both.TrySetResult();
            }

            await (build.Tag == "nua-shop:1.2" ? Task.CompletedTask : both.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellation));
        };

        Assert.Equal(2, (await BuildAsync()).SubApplications!.Count);
    }

    [Fact]
    public async Task What_did_not_change_is_not_built_again()
    {
        await BuildAsync();

        var again = await BuildAsync();
        Write("package/front/front.py", "changed");
        var front = await BuildAsync();

        Assert.True(again.UpToDate);
        Assert.All(again.SubApplications!.Values, part => Assert.True(part.UpToDate));
        Assert.Equal((false, true), (front.UpToDate, front.SubApplications!["Price list"].UpToDate));
    }

    [Fact]
    public async Task A_change_of_one_makes_a_new_image_of_the_whole_and_leaves_its_sisters()
    {
        var first = await BuildAsync();
        Write("package/1.2/prices/Dockerfile", "FROM prices:2\n");

        var second = await BuildAsync();

        Assert.NotEqual(first.ImageId, second.ImageId);
        Assert.Equal((false, false), (second.UpToDate, second.SubApplications!["Price list"].UpToDate));
        Assert.True(second.SubApplications["worker"].UpToDate);
    }

    [Fact]
    public async Task When_one_cannot_be_built_there_is_no_image_of_the_whole()
    {
        _builder.Fails = "nua-shop__worker:1.2";

        var failure = await Assert.ThrowsAsync<NuaException>(BuildAsync);

        Assert.Equal("build.command-failed", failure.Problem.Code);
        Assert.Null(await _images.FindAsync("nua-shop:1.2", Cancellation));
    }

    [Fact]
    public async Task A_sub_application_stays_as_long_as_an_image_that_was_built_with_it()
    {
        var worker = (await BuildAsync()).SubApplications!["worker"].ImageId;
        _images.Unname("nua-shop__worker:1.2");

        Assert.Empty(await new UnnamedImages(_images).RemoveAsync(new HashSet<string>(), Cancellation));
        await _images.RemoveAsync("nua-shop:1.2", Cancellation);
        Assert.Equal(worker, Assert.Single(await new UnnamedImages(_images).RemoveAsync(new HashSet<string>(), Cancellation)).Id);
    }

    [Fact]
    public async Task A_sub_application_goes_with_the_last_image_that_was_built_with_it()
    {
        await BuildAsync();
        string[] parts = [_images.Unname("nua-shop__price-list:1.2").Id, _images.Unname("nua-shop__worker:1.2").Id];
        var whole = _images.Unname("nua-shop:1.2").Id;

        var removed = await new UnnamedImages(_images).RemoveAsync(new HashSet<string>(), Cancellation);

        Assert.Equal(whole, removed[0].Id);
        Assert.Equal(parts.Order(), removed.Skip(1).Select(image => image.Id).Order());
    }

    [Fact]
    public async Task The_corpus_has_one()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.Absent);
        Directory.Delete(Path.Combine(_folder.FullName, "package"), recursive: true);
        Write("package/nua/nua-config.toml", Corpus.Text("nua/apps/sample-apps/new_redis_plus_sub_app/nua/nua-config.toml"));
        Write("package/src1/requirements.txt", "redis\n");
        Write("package/src2/setup.py", "");

        var part = Assert.Single((await PlanAsync()).SubApplications).Value;

        Assert.Equal(("nua-new-redis-sub-app__app2:1.0-1", "python"), (part.Reference, part.Builder));
        Assert.Equal(["python -c 'from echos.echo_server import echos; echos(8764, 8765)'"], part.Package.Run.Start);
        Assert.Equal(["one", "two"], part.Package.Ports.Select(port => port.Name));
        Assert.Contains("python -c 'import echos'", part.Dockerfile, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private BuildSettings Settings => new(Path.Combine(_folder.FullName, "agent"), Path.Combine(_folder.FullName, "contexts"));

    private BuildRequest Request => new(Path.Combine(_folder.FullName, "package"));

    private Task<BuildPlan> PlanAsync() => new PlanBuild(Settings, new NoSources()).RunAsync(Request, Cancellation);

    private async Task<BuiltImage> BuildAsync()
    {
        var useCase = new BuildImage(new PlanBuild(Settings, new NoSources()), new ImageSupply(_images), _builder, _images, Settings);
        var runner = new OperationRunner(new InMemoryOperationLog(), TimeProvider.System, (_, bug) => throw bug);
        var started = await runner.StartAsync(useCase, Request, "test", Cancellation);
        await foreach (var happening in runner.WatchAsync(started.Id, Cancellation))
        {
            switch (happening)
            {
                case OperationEvent.Line line:
                    _log.Add(line.Text);
                    break;
                case OperationEvent.Ended { Problem: { } problem }:
                    throw new NuaException(problem);
                case OperationEvent.Ended { Result: { } result }:
                    return JsonSerializer.Deserialize(result, BuildJson.Default.BuiltImage)!;
            }
        }

        throw new InvalidOperationException("The operation did not end.");
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
