using System.Text.Json;
using Nua.Api;
using Nua.Core.Problems;
using Xunit;

namespace Nua.Tests.Api;

public sealed class ProblemKindsTests
{
    [Fact]
    public void Every_kind_of_problem_has_a_name_a_status_and_the_exit_code_that_is_documented()
    {
        var names = Enum.GetNames<ProblemKind>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName);

        Assert.Equal(names, ProblemKinds.All.Select(kind => kind.Name));
        Assert.Equal(Enumerable.Range(1, 9), ProblemKinds.All.Select(kind => kind.Exit).Distinct());
        Assert.All(ProblemKinds.All, kind => Assert.InRange(kind.Status, 400, 599));
    }

    [Fact]
    public void A_problem_travels_and_comes_back_as_it_was()
    {
        var problem = ProblemView.Of("unavailable", "operation.locked", "Somebody is at it.", "Wait.", ["a", "b"]);

        var back = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(problem, ApiJson.Default.ProblemView), ApiJson.Default.ProblemView)!;

        Assert.Equal(problem with { Details = back.Details }, back);
        Assert.Equal(problem.Details, back.Details);
    }
}
