using Nua.Core.Packages.Reading;
using Nua.Core.Quantities;

namespace Nua.Core.Packages;

/// <summary>Writes the test protocol, one table for each step; a key that has its default is left out.</summary>
internal static class TestWriter
{
    public static void Write(NormalForm json, IReadOnlyList<TestStep> steps)
    {
        if (steps.Count > 0)
        {
            json.Objects("test", steps, step => WriteStep(json, step));
        }
    }

    private static void WriteStep(NormalForm json, TestStep step)
    {
        var usual = new TestStep.Command { Name = "", Line = "" };
        json.Text("name", step.Name);
        switch (step)
        {
            case TestStep.Http http:
                WriteHttp(json, http);
                break;
            case TestStep.Command command:
                json.Text("command", command.Line);
                break;
            case TestStep.HostVolume volume:
                json.Text(volume.Exists ? "expect-host-volume" : "expect-not-host-volume", volume.Volume);
                break;
            case TestStep.HostDirectory folder:
                json.Text("expect-host-dir", folder.Path);
                break;
        }

        json.OwnText("within", step.Within == usual.Within ? null : Duration.Format(step.Within));
        json.OwnTexts("when", step.When.SequenceEqual(usual.When) ? [] : [.. step.When.Select(TestReader.Occasions.WordFor)]);
        json.OwnFlag("writes", step.Writes);
    }

    private static void WriteHttp(NormalForm json, TestStep.Http http)
    {
        json.OwnText("method", http.Method == "GET" ? null : http.Method);
        json.Text("url", http.Url);
        json.OwnTextMap("headers", http.Headers);
        json.OwnText("body", http.Body);
        json.OwnTextMap("form", http.Form);
        WriteStatus(json, "expect-status", http.ExpectStatus);
        WriteStatus(json, "expect-not-status", http.ExpectNotStatus);
        json.OwnText("expect-text", http.ExpectText);
        json.OwnText("expect-not-text", http.ExpectNotText);
        json.OwnTextMap("expect-header", http.ExpectHeader);
        json.OwnTextMap("expect-json", http.ExpectJson);
        json.OwnTextMap("save", http.Save);
    }

    private static void WriteStatus(NormalForm json, string key, int? status)
    {
        if (status is not null)
        {
            json.Integer(key, status);
        }
    }
}
