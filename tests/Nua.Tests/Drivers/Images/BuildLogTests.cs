using Nua.Drivers.Images.Docker;
using Xunit;

namespace Nua.Tests.Drivers.Images;

public sealed class BuildLogTests
{
    private readonly BuildLog _log = new();

    [Fact]
    public void Of_a_failed_step_its_own_last_lines_are_kept_and_no_others()
    {
        Read(
            """
            #1 [internal] load build definition from Dockerfile
            #1 sha256:e5e85eaa2093fe96aab00c825f82eeef352970cc96289e76bb86118c940307c5
            #1 transferring dockerfile: 196B done
            #1 DONE 0.1s
            #5 [2/3] RUN make tools
            #6 [assets 2/2] RUN make assets
            #5 0.729 tools are made
            #6 0.740 compiling
            #6 0.744 no rule to make target 'assets'
            #5 DONE 0.8s
            #6 ERROR: executor failed running [/bin/sh -c make assets]: exit code: 2
            ------
             > [assets 2/2] RUN make assets:
            ------
            executor failed running [/bin/sh -c make assets]: exit code: 2
            """);

        Assert.Equal("[assets 2/2] RUN make assets", _log.FailedStep);
        Assert.Equal(["compiling", "no rule to make target 'assets'"], _log.End);
    }

    [Fact]
    public void A_failure_outside_any_step_shows_what_the_builder_said()
    {
        Read("failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 2: unknown instruction: RUNN");

        Assert.Equal("the Dockerfile", _log.FailedStep);
        Assert.Contains("unknown instruction: RUNN", Assert.Single(_log.End), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_last_twenty_lines_of_a_step_are_kept()
    {
        Read("#5 [2/3] RUN seq 100");
        Read(string.Join('\n', Enumerable.Range(1, 100).Select(number => $"#5 1.{number} {number}")));
        Read("#5 ERROR: executor failed running [/bin/sh -c seq 100]: exit code: 1");

        Assert.Equal(Enumerable.Range(81, 20).Select(number => $"{number}"), _log.End);
    }

    [Fact]
    public void A_reader_sees_steps_and_what_they_write()
    {
        var seen = Read(
            """
            #2 [internal] load .dockerignore
            #2 DONE 0.0s
            #4 [1/2] FROM docker.io/nua/base:bookworm
            #4 sha256:9c5fc815265f32767951c436d064a353ef01b897c586caed72ed89125291f4e1
            #4 CACHED
            #5 [2/2] RUN echo hello
            #5 0.729 hello
            #5 [2/2] RUN echo hello
            #5 DONE 0.8s
            """);

        Assert.Equal(["[1/2] FROM docker.io/nua/base:bookworm", "[2/2] RUN echo hello", "hello"], seen);
    }

    [Fact]
    public void What_a_program_calls_an_error_is_its_own_words_and_no_failure()
    {
        Read(
            """
            #5 [build 4/6] RUN pip install flask
            #6 [build 5/6] RUN make
            #5 9.12 ERROR: pip's dependency resolver does not currently take into account all the packages that are installed.
            #5 DONE 9.8s
            #6 0.31 no rule to make target
            #6 ERROR: executor failed running [/bin/sh -c make]: exit code: 2
            """);

        Assert.Equal("[build 5/6] RUN make", _log.FailedStep);
        Assert.Equal(["no rule to make target"], _log.End);
    }

    [Fact]
    public void What_pip_says_last_is_part_of_the_step()
    {
        Read(
            """
            #5 [build 4/6] RUN pip install nosuch
            #5 2.10 ERROR: Could not find a version that satisfies the requirement nosuch (from versions: none)
            #5 2.11 ERROR: No matching distribution found for nosuch
            #5 ERROR: executor failed running [/bin/sh -c pip install nosuch]: exit code: 1
            """);

        Assert.Equal("ERROR: No matching distribution found for nosuch", _log.End[^1]);
    }

    private List<string> Read(string text) => [.. text.Split('\n').Select(_log.Add).OfType<string>()];
}
