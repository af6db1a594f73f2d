using System.Diagnostics;
using Nua.Core.Sites;
using Xunit;

namespace Nua.Tests.Core.Sites;

public sealed class SiteLabelTests
{
    [Theory]
    [InlineData("My App 1", "my_app_1", "my-app-1")]
    [InlineData("flask-test1.example.com/site1", "flask-test1.example.comsite1", "flask-test1-example-comsite1")]
    [InlineData("my_app.example", "my_app.example", "my-app-example")]
    [InlineData("  .-Été_2-. ", "t_2", "t-2")]
    [InlineData("a\t \n b", "a_b", "a-b")]
    [InlineData("a___b", "a___b", "a-b")]
    [InlineData("2048", "2048", "app-2048")]
    public void A_label_becomes_an_id_and_the_name_of_an_instance(string text, string id, string instance)
    {
        Assert.True(SiteLabel.TryParse(text, out var label));
        Assert.Equal((id, instance), (label!.Id, label.Instance.ToString()));
    }

    [Fact]
    public void A_long_label_is_cut_and_stays_its_own()
    {
        Assert.True(SiteLabel.TryParse("nua-flask-upload-one-upload.department.example.com", out var one));
        Assert.True(SiteLabel.TryParse("nua-flask-upload-one-upload.department.example.org", out var other));

        Assert.StartsWith("nua-flask-upload-one-upload-depar-", one!.Instance.ToString());
        Assert.Equal(40, one.Instance.ToString().Length);
        Assert.NotEqual(one.Instance, other!.Instance);
    }

    [Theory]
    [InlineData("")]
    [InlineData("___")]
    [InlineData(" .-_ ")]
    [InlineData("日本")]
    public void A_label_of_which_nothing_remains_is_refused(string text) => Assert.False(SiteLabel.TryParse(text, out _));

    [Fact]
    public void A_label_of_many_underscores_does_not_hang()
    {
        var watch = Stopwatch.StartNew();

        Assert.True(SiteLabel.TryParse("a" + new string('_', 100_000) + "b", out var label));

        Assert.Equal("a", label!.Id);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("https://Test.Example.com/Path/", "test.example.com/Path")]
    [InlineData("//a.org//", "a.org")]
    [InlineData("a.localhost", "a.localhost")]
    public void A_domain_is_cleaned(string text, string address)
    {
        Assert.True(SiteAddress.TryParse(text, out var parsed));
        Assert.Equal(address, parsed!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-a.org")]
    [InlineData("a..org")]
    [InlineData("a.org:443")]
    [InlineData("a org")]
    [InlineData("a.org/?x=1")]
    public void What_is_no_domain_is_refused(string text) => Assert.False(SiteAddress.TryParse(text, out _));
}
