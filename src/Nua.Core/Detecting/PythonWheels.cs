namespace Nua.Core.Detecting;

/// <summary>Wheels lie in the folder or in its <c>dist</c>.</summary>
internal sealed class PythonWheels : IDetectionRule
{
    public Detection? Apply(SourceTree tree)
    {
        var wheels = tree.Paths.Where(IsWheel).ToArray();
        return wheels.Length == 0
            ? null
            : new Detection(Languages.PythonWheels, $"{wheels[0]} is a Python wheel", wheels);
    }

    private static bool IsWheel(string path) =>
        path.EndsWith(".whl", StringComparison.Ordinal) && Path.GetDirectoryName(path) is "" or "dist";
}
