using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>Ruby applications, built and run on a real engine.</summary>
public sealed class RubyTests : IAsyncDisposable
{
    private readonly Workshop _workshop = new();

    public ValueTask DisposeAsync() => _workshop.DisposeAsync();

    [Fact]
    public async Task Bundler_takes_the_distributions_gems_and_those_that_came_with_the_source()
    {
        _workshop
            .Config("[run]\npackages = [\"puma\", \"ruby-rack\"]\n")
            .Write("Gemfile", "gem \"puma\"\ngem \"rack\"\ngem \"greeting\", path: \"parts/greeting\"\n")
            .Write("parts/greeting/greeting.gemspec", "Gem::Specification.new { |gem| gem.name = 'greeting'; gem.version = '1'; gem.summary = 'x'; gem.authors = ['us']; gem.files = ['lib/greeting.rb'] }\n")
            .Write("parts/greeting/lib/greeting.rb", "GREETING = 'hello from a gem'\n")
            .Write("config.ru", "require 'bundler/setup'\nrequire 'greeting'\nrun ->(_) { [200, {'content-type' => 'text/plain'}, [\"#{GREETING} in #{ENV['RACK_ENV']}\"]] }\n");

        var built = await _workshop.BuildAsync();

        Assert.Equal("ruby", built.Builder);
        await _workshop.AnswersAsync(9292, "hello from a gem in production");
        Assert.NotEqual(0, (await _workshop.RunAsync("sh", "-c", "command -v gcc || command -v git")).ExitCode);
    }

    [Fact]
    public async Task A_program_without_a_Gemfile_has_the_distributions_gems()
    {
        _workshop
            .Config("[run]\npackages = \"ruby-rack\"\nstart = \"ruby main.rb\"\n")
            .Write("main.rb", "require 'rack'\nputs Rack::Utils.escape_html('<ruby>')\n");

        await _workshop.BuildAsync();

        Assert.Equal((0, "&lt;ruby&gt;\n"), await _workshop.RunAsync());
    }
}
