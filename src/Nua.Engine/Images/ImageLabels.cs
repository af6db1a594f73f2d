namespace Nua.Engine.Images;

/// <summary>What Nua writes on the images it makes, beside the labels of the OCI image specification (annotations.md).</summary>
public static class ImageLabels
{
    /// <summary>The app's id; every image built from a package has it.</summary>
    public const string App = "rocks.nua.app";

    /// <summary>The hash of all that went into the build: equal means there is nothing to do.</summary>
    public const string BuildHash = "rocks.nua.build.hash";

    /// <summary>The normalised nua-config as JSON, the same as <c>/nua/metadata/nua-config.json</c>.</summary>
    public const string Config = "rocks.nua.config";

    /// <summary>The images of a package's sub-applications that were built with it: a JSON object of <c>reference@id</c> by name.</summary>
    public const string SubApplications = "rocks.nua.sub-applications";

    /// <summary>On the image of a sub-application: the id of the app it is part of.</summary>
    public const string PartOf = "rocks.nua.part-of";

    /// <summary>The recipe's name and content hash; every supplied image has it.</summary>
    public const string Recipe = "rocks.nua.recipe";

    /// <summary>On a supplied image that is made anew for every agent: what it is one of. Only the newest of a series is of use.</summary>
    public const string Series = "rocks.nua.series";

    /// <summary>What built it: <c>python</c>, <c>wrap</c> …</summary>
    public const string Builder = "rocks.nua.builder";

    /// <summary>One clause: why that.</summary>
    public const string Because = "rocks.nua.builder.because";

    /// <summary>The image it stands on, where Nua chose it (OCI image specification, annotations.md).</summary>
    public const string BaseName = "org.opencontainers.image.base.name";

    /// <summary>Present when the agent is the image's first process.</summary>
    public const string Agent = "rocks.nua.agent";
}
