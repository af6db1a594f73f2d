namespace Nua.Core.Detecting;

/// <summary>A .NET application: a project, a solution, or a file of C# that is a program by itself.</summary>
internal sealed class DotNet : IDetectionRule
{
    public Detection? Apply(SourceTree tree)
    {
        var programs = DotNetProject.In(tree.Paths, tree.Text).Where(project => project.IsProgram).ToList();
        return programs switch
        {
            [] => null,
            [{ IsFile: true } file] => Found(file, $"{file.Path} is a program of one file"),
            [var only] => Found(only, $"{only.Path} is a .NET project that makes a program"),
            _ => new Detection(
                Languages.DotNet, $"{programs[0].Path} and others are .NET projects that make programs", [.. programs.Select(program => program.Path)]),
        };
    }

    private static Detection Found(DotNetProject project, string because) =>
        new(Languages.DotNet, because, [project.Path], $"./{project.Program}", project.IsWeb ? 8080 : null);
}
