using Nua.Core.Names;
using Nua.Core.Problems;
using Xunit;

namespace Nua.Tests.Core.Names;

public sealed class InstanceNameTests
{
    [Theory]
    [InlineData("")]
    [InlineData("abc\n")]
    [InlineData("Abc")]
    [InlineData("-abc")]
    [InlineData("a_b")]
    public void What_could_not_be_part_of_a_domain_is_no_name(string text) =>
        Assert.Throws<NuaException>(() => InstanceName.Parse(text));
}
