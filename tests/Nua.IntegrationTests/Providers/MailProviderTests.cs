using Nua.Core;
using Nua.Engine.Providers.Mail;
using Nua.Engine.Runtimes;
using Nua.IntegrationTests.Images;

namespace Nua.IntegrationTests.Providers;

public sealed class MailProviderTests(DistroImages distro)
    : DockerProviderContract(distro, MailImage.Versions, versions => new MailProvider(versions))
{
    private const string Send =
        """
        import os, smtplib, sys
        with smtplib.SMTP("127.0.0.1", 1025) as server:
            server.login(os.environ["MAIL_USER"], os.environ["MAIL_PASSWORD"])
            server.sendmail("shop@example.org", ["ada@example.org"], f"Subject: {sys.argv[1]} <b>\r\n\r\nHello.\r\n")
        """;

    private const string Read =
        """
        import base64, os, urllib.request
        code = base64.b64encode(f"{os.environ['MAIL_USER']}:{os.environ['MAIL_PASSWORD']}".encode()).decode()
        for page in "", "messages":
            request = urllib.request.Request(f"http://127.0.0.1:8025/{page}", headers={"Authorization": f"Basic {code}"})
            text = urllib.request.urlopen(request).read().decode()
            assert page or "&lt;b&gt;" in text or "<td>" not in text, text
            print(text)
        """;

    protected override string Moved => "nua_mail_catcher_mails";

    protected override ExecCommand Keep(IReadOnlyDictionary<string, string> env, string word) => Python(env, Send, word);

    protected override ExecCommand Recall(IReadOnlyDictionary<string, string> env) => Python(env, Read);

    private static ExecCommand Python(IReadOnlyDictionary<string, string> env, string program, params IReadOnlyList<string> words) => new(
        ["python3", "-c", program, .. words])
    {
        Secrets = new Dictionary<string, Secret>
        {
            ["MAIL_USER"] = new(env["MAIL_USER"]),
            ["MAIL_PASSWORD"] = new(env["MAIL_PASSWORD"]),
        },
    };
}
