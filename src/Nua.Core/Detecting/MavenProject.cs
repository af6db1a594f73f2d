namespace Nua.Core.Detecting;

/// <summary>A Java project that Maven builds: <c>pom.xml</c>.</summary>
internal sealed class MavenProject : IDetectionRule
{
    private const string Manifest = "pom.xml";

    public Detection? Apply(SourceTree tree) => tree.Has(Manifest)
        ? new Detection(
            Languages.Java, $"{Manifest} describes a Maven project", [Manifest], $"java -jar {Starting.StartFile.ProgramFolder}/app.jar")
        : null;
}
