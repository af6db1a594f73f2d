using Nua.Core.Problems;
using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>Java programs, built by Maven from the distribution's own repository, and run on a real engine.</summary>
public sealed class JavaBuildTests : IAsyncDisposable
{
    private const string FromTheDistribution =
        """
        <repositories><repository><id>central</id><url>file:///usr/share/maven-repo</url></repository></repositories>
        <pluginRepositories><pluginRepository><id>central</id><url>file:///usr/share/maven-repo</url></pluginRepository></pluginRepositories>
        """;

    private const string Plugins =
        """
        [build]
        packages = ["libmaven-compiler-plugin-java", "libmaven-jar-plugin-java", "libmaven-resources-plugin-java", "libsurefire-java"]
        """;

    private readonly Workshop _workshop = new();

    public ValueTask DisposeAsync() => _workshop.DisposeAsync();

    [Fact]
    public async Task What_Maven_packages_is_run_beside_what_it_reads()
    {
        WriteProject("<mainClass>shop.Main</mainClass>", release: "11");
        _workshop.Config(Plugins);

        var built = await _workshop.BuildAsync();

        Assert.Equal("java", built.Builder);
        Assert.Equal((0, "welcome\n"), await _workshop.RunAsync());
        Assert.Equal((0, "/nua/app/app.jar\n/nua/build/front.txt\n/nua/build/pom.xml\n"), await _workshop.RunAsync("sh", "-c", "find /nua/app /nua/build -type f | sort"));
        Assert.NotEqual(0, (await _workshop.RunAsync("sh", "-c", "command -v javac || command -v mvn")).ExitCode);
    }

    [Fact]
    public async Task An_archive_that_nothing_can_start_is_no_app()
    {
        WriteProject("<addClasspath>false</addClasspath>", release: "11");
        _workshop.Config(Plugins);

        var problem = await _workshop.FailAsync();

        Assert.Equal("build.command-failed", problem.Code);
        Assert.Contains(problem.Details, line => line.EndsWith("must have a Main-Class; these have: none", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_needs_a_newer_Java_than_there_is_is_told_which_there_is()
    {
        WriteProject("", release: "99");
        _workshop.Config("");

        var problem = await _workshop.FailAsync();

        Assert.Equal((ProblemKind.Invalid, "build.version-unavailable"), (problem.Kind, problem.Code));
        Assert.Matches("It has: [0-9.]+, the distribution's own", problem.Hint);
    }

    [Fact]
    public async Task A_version_that_the_distribution_does_not_package_is_refused_with_those_it_does()
    {
        _workshop.Config("[build]\nbuilder = \"java-7\"\n").Write("shop.jar", "zip");

        var problem = await _workshop.FailAsync();

        Assert.Equal((ProblemKind.NotFound, "image.no-source"), (problem.Kind, problem.Code));
        Assert.Matches("no package openjdk-7-jre-headless; it has .*openjdk-[0-9]+-jre-headless", problem.Message);
    }

    [Fact]
    public async Task Commands_find_the_compiler_and_the_image_has_what_they_made()
    {
        _workshop
            .Config(
                """
                [build]
                builder = "java"
                build = ["javac -d classes Shop.java", "jar --create --file /nua/app/shop.jar --main-class Shop -C classes ."]
                [run]
                start = "java -jar /nua/app/shop.jar"
                """)
            .Write("Shop.java", "class Shop { public static void main(String[] words) { System.out.println(\"open\"); } }\n");

        await _workshop.BuildAsync();

        Assert.Equal((0, "open\n"), await _workshop.RunAsync());
    }

    private void WriteProject(string manifest, string release) => _workshop
        .Write("pom.xml", $"""
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>test</groupId><artifactId>shop</artifactId><version>1.0</version>
              <properties>
                <maven.compiler.release>{release}</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              {FromTheDistribution}
              <build><plugins><plugin>
                <artifactId>maven-jar-plugin</artifactId>
                <configuration><archive><manifest>{manifest}</manifest></archive></configuration>
              </plugin></plugins></build>
            </project>
            """)
        .Write("front.txt", "welcome\n")
        .Write("src/main/java/shop/Main.java", """
            package shop;

            import java.nio.file.Files;
            import java.nio.file.Path;

            class Main {
                public static void main(String[] words) throws Exception {
                    System.out.print(Files.readString(Path.of("front.txt")));
                }
            }
            """);
}
