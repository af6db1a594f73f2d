using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>.NET applications, built with the SDK of this machine and run on a real engine.</summary>
public sealed class DotNetTests : IAsyncDisposable
{
    private readonly Workshop _workshop = new();

    public ValueTask DisposeAsync() => _workshop.DisposeAsync();

    [Fact]
    public async Task A_project_is_published_with_all_it_needs_and_without_the_SDK()
    {
        _workshop
            .Config("[build]\nproject = \"src/Shop\"\n")
            .Write("Shop.slnx", "<Solution><Project Path=\"src/Shop/Shop.csproj\"/></Solution>")
            .Write("src/Core/Core.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>")
            .Write("src/Core/Greeting.cs", "public static class Greeting { public static string Text => \"hello from .NET\"; }")
            .Write("src/Shop/Shop.csproj", """
                <Project Sdk="Microsoft.NET.Sdk.Web">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
                  <ItemGroup><ProjectReference Include="../Core/Core.csproj"/></ItemGroup>
                </Project>
                """)
            .Write("src/Shop/wwwroot/about.txt", "about us")
            .Write("src/Shop/Program.cs", """
                var app = WebApplication.Create(args);
                app.UseStaticFiles();
                app.MapGet("/", () => $"{Greeting.Text}: {new DateOnly(2024, 2, 29).ToString("D", new System.Globalization.CultureInfo("fr"))}");
                app.Run();
                """);

        var built = await _workshop.BuildAsync();

        Assert.Equal("dotnet", built.Builder);
        await _workshop.AnswersAsync(8080, "hello from .NET: jeudi 29 février 2024");
        await _workshop.AnswersAsync(8080, "about us", "/about.txt");
        Assert.NotEqual(0, (await _workshop.RunAsync("sh", "-c", "command -v dotnet || test -e Program.cs")).ExitCode);

        // A changed line restores nothing.
        _workshop.Write("src/Core/Greeting.cs", "public static class Greeting { public static string Text => \"goodbye\"; }");
        var lines = _workshop.Log.Lines.Count;
        await _workshop.BuildAsync();

        Assert.DoesNotContain(_workshop.Log.Lines.Skip(lines), line => line.Contains("Restored ", StringComparison.Ordinal));
        await _workshop.AnswersAsync(8080, "goodbye: ");
    }

    [Fact]
    public async Task A_program_of_one_file_is_published()
    {
        _workshop
            .Config("")
            .Write("app.cs", """
                #!/usr/bin/env dotnet
                #:property InvariantGlobalization=true
                Console.WriteLine($"one file, as {Environment.UserName}");
                """);

        await _workshop.BuildAsync();

        Assert.Equal((0, "one file, as nua\n"), await _workshop.RunAsync());
    }
}
