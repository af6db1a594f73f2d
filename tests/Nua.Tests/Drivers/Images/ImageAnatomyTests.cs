using Docker.DotNet.Models;
using Nua.Drivers.Images.Docker;
using Nua.Engine.Images;
using Xunit;

namespace Nua.Tests.Drivers.Images;

public sealed class ImageAnatomyTests
{
    private static readonly Image Some = new("a:1", "sha256:a", 1, DateTimeOffset.UnixEpoch, new Dictionary<string, string>());

    [Fact]
    public void Layers_are_told_lowest_first_as_the_lines_that_made_them_and_remarks_are_left_out()
    {
        var detail = ImageAnatomy.Of(
            Some,
            Inspected("1", "2", "3", "4"),
            [
                Step("/bin/sh -c #(nop)  CMD [\"sh\"]", 0),
                Step("LABEL a=b", 0),
                Step("WORKDIR /nua/build", 0),
                Step("RUN /bin/bash -e -o pipefail -c make # buildkit", 30),
                Step("/bin/sh -c #(nop) COPY file:1 in / ", 20),
                Step("", 10, "Imported from -"),
            ]);

        Assert.Equal(
            [("Imported from -", 10L), ("COPY file:1 in /", 20L), ("RUN /bin/bash -e -o pipefail -c make", 30L), ("WORKDIR /nua/build", 0L)],
            detail.Layers.Select(layer => (layer.Instruction, layer.SizeBytes)));
    }

    [Fact]
    public void Two_images_share_a_layer_when_all_below_it_is_equal_too()
    {
        var one = ImageAnatomy.Of(Some, Inspected("base", "x"), [Step("COPY a", 1), Step("RUN b", 1)]).Layers;
        var same = ImageAnatomy.Of(Some, Inspected("base", "x"), [Step("COPY a", 1), Step("RUN c", 1)]).Layers;
        var other = ImageAnatomy.Of(Some, Inspected("other", "x"), [Step("COPY a", 1), Step("RUN b", 1)]).Layers;

        Assert.Equal(one.Select(layer => layer.Id), same.Select(layer => layer.Id));
        Assert.NotEqual(one[1].Id, other[1].Id);
    }

    private static ImageInspectResponse Inspected(params string[] layers) => new() { RootFS = new() { Layers = [.. layers] }, RepoTags = ["a:1"] };

    private static ImageHistoryResponse Step(string by, long size, string comment = "") => new() { CreatedBy = by, Size = size, Comment = comment };
}
