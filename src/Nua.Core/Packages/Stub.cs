namespace Nua.Core.Packages;
public static class PackageReader { public static Package Read(string file, string text) => throw new System.Diagnostics.UnreachableException(file + text); }
public static class PackageWriter { public static string ToJson(Package package) => throw new System.Diagnostics.UnreachableException(package.Metadata.Id); }
