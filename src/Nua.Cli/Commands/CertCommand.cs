using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;

namespace Nua.Cli.Commands;

/// <summary><c>nua cert list|check|renew|import|remove|revoke|rollover</c></summary>
internal static class CertCommand
{
    private static readonly string[] Reasons = ["unspecified", "key-compromise", "affiliation-changed", "superseded", "cessation-of-operation"];

    public static Command Create(NuaClient server, Terminal terminal) =>
        new VerbCommand("cert", "See how names stand with their certificates, and bring, renew, revoke them.", "nua cert list", 3, 4, 6, 8)
        {
            List(server, terminal),
            Check(server, terminal),
            Renew(server, terminal),
            Import(server, terminal),
            Remove(server, terminal),
            Revoke(server, terminal),
            RollOver(server, terminal),
        };

    private static VerbCommand List(NuaClient server, Terminal terminal)
    {
        var command = new VerbCommand("list", "List every public name, who gave its certificate, and when it is renewed.", "nua cert list --json", 8);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var list = await server.CertificatesAsync(cancellation);
            return Answer.Of(list, ApiJson.Default.CertificateList, console => CertText.Write(console, list.Certificates));
        }));
        return command;
    }

    private static VerbCommand Check(NuaClient server, Terminal terminal)
    {
        var name = new Argument<string?>("name") { Description = "The name; without it, all.", Arity = ArgumentArity.ZeroOrOne };
        var command = new VerbCommand("check", "Look from outside at the certificate that visitors are shown.", "nua cert check", 3, 6, 8) { name };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var seen = await server.CheckCertificatesAsync(line.GetValue(name), cancellation);
            return Answer.Of(
                seen, ApiJson.Default.ServedList, console => CertText.Write(console, seen), seen.AreGood ? ExitCodes.Done : ProblemKinds.Find("tests-failed").Exit);
        }));
        return command;
    }

    private static VerbCommand Renew(NuaClient server, Terminal terminal)
    {
        var name = Name();
        var force = new Option<bool>("--force") { Description = "Replace it although it is good for long." };
        var command = new VerbCommand("renew", "Ask for a certificate now, without waiting for the next try.", "nua cert renew shop.example.org", 3, 4, 8) { name, force };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
            Show(await server.RenewCertificateAsync(line.GetRequiredValue(name), line.GetValue(force), cancellation))));
        return command;
    }

    private static VerbCommand Import(NuaClient server, Terminal terminal)
    {
        var certificate = File("--cert", "A PEM file: the certificate, then those that vouch for it.");
        var key = File("--key", "A PEM file with its key, without a passphrase.");
        var command = new VerbCommand(
            "import", "Show a certificate of your own for its names.", "nua cert import --cert fullchain.pem --key key.pem", 4, 8) { certificate, key };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var body = new ImportBody(Read(line.GetRequiredValue(certificate)), Read(line.GetRequiredValue(key)));
            var imported = await server.ImportCertificateAsync(body, cancellation);
            return Answer.Of(imported, ApiJson.Default.ImportedView, console => CertText.Write(console, "is shown", imported));
        }));
        return command;
    }

    private static VerbCommand Remove(NuaClient server, Terminal terminal)
    {
        var name = Name();
        var command = new VerbCommand("remove", "Show a certificate of your own no longer.", "nua cert remove shop.example.org", 3, 4, 8) { name };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var gone = await server.RemoveCertificateAsync(line.GetRequiredValue(name), cancellation);
            return Answer.Of(gone, ApiJson.Default.ImportedList, console => gone.Certificates.ToList().ForEach(one => CertText.Write(console, "is gone", one)));
        }));
        return command;
    }

    private static VerbCommand Revoke(NuaClient server, Terminal terminal)
    {
        var name = Name();
        var reason = new Option<string>("--reason") { Description = $"Why: {string.Join(", ", Reasons)}.", HelpName = "REASON", DefaultValueFactory = _ => Reasons[0] };
        reason.AcceptOnlyFromAmong(Reasons);
        var command = new VerbCommand(
            "revoke", "Replace a certificate, then have its authority revoke it.", "nua cert revoke shop.example.org --reason key-compromise", 3, 4, 8) { name, reason };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
            Show(await server.RevokeCertificateAsync(line.GetRequiredValue(name), line.GetRequiredValue(reason), cancellation))));
        return command;
    }

    private static VerbCommand RollOver(NuaClient server, Terminal terminal)
    {
        var authority = new Argument<string?>("authority") { Description = "The authority, as nua.toml names it; without it, all.", Arity = ArgumentArity.ZeroOrOne };
        var command = new VerbCommand("rollover", "Give the accounts with authorities new keys.", "nua cert rollover", 3, 4, 8) { authority };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var list = await server.RollOverAsync(line.GetValue(authority), cancellation);
            return Answer.Of(list, ApiJson.Default.AccountList, console => CertText.Write(console, list));
        }));
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The name, such as shop.example.org or '*.example.org'." };

    private static Option<string> File(string name, string description) => new(name) { Description = description, HelpName = "FILE", Required = true };

    private static Answer Show(CertificateView view) =>
        Answer.Of(view, ApiJson.Default.CertificateView, console => CertText.Write(console, [view]));

    private static string Read(string file)
    {
        try
        {
            return System.IO.File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ApiException(CliProblems.CannotRead(file, failure.Message), failure);
        }
    }
}
