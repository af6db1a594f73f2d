using Nua.Api;
using Nua.Gateway.Certificates;
using Nua.Gateway.Checking;
using Nua.Gateway.Issuing;

namespace Nua.Gateway.Admin;

/// <summary>What the server may ask of certificates.</summary>
internal sealed class CertificateEndpoints(
    CertificateKeeper keeper,
    CertificateReport report,
    CertificateStore certificates,
    ServedWatch watch,
    Answering answering,
    ILogger<CertificateEndpoints> log)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/certificates", answering.Refusing(
            context => Answering.AnswerAsync(context, report.All(keeper.Settings), CertificateJson.Default.IReadOnlyListCertificateView)));
        endpoints.MapPut("/certificates/settings", answering.Refusing(ChangeSettingsAsync));
        endpoints.MapPost("/certificates/check", answering.Refusing(CheckAsync));
        endpoints.MapPost("/certificates/renew", answering.Refusing(RenewAsync));
        endpoints.MapPost("/certificates/revoke", answering.Refusing(RevokeAsync));
        endpoints.MapPost("/certificates/rollover", answering.Refusing(RollOverAsync));
        endpoints.MapPut("/certificates/imported", answering.Refusing(ImportAsync));
        endpoints.MapDelete("/certificates/imported", answering.Refusing(RemoveAsync));
    }

    // Files are written and flushed meanwhile, and no thread that serves visitors may wait for a disk.
    private async Task ChangeSettingsAsync(HttpContext context)
    {
        var settings = await Answering.ReadAsync(context, CertificateJson.Default.CertificateSettings, "list of authorities");
        await Task.Run(() => keeper.Apply(settings));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task CheckAsync(HttpContext context)
    {
        var seen = await watch.CheckAsync(NameIn(context), context.RequestAborted);
        await Answering.AnswerAsync(context, seen, CertificateJson.Default.ServedList);
    }

    private async Task RenewAsync(HttpContext context)
    {
        var name = NameIn(context) ?? throw GatewayProblems.BadRequest("A renewal needs a name.");
        await keeper.RenewAsync(name, context.Request.Query["force"] == "true", context.RequestAborted);
        await Answering.AnswerAsync(context, report.Of(name, keeper.Settings), CertificateJson.Default.CertificateView);
    }

    private async Task RevokeAsync(HttpContext context)
    {
        var name = NameIn(context) ?? throw GatewayProblems.BadRequest("A revocation needs a name.");
        await keeper.RevokeAsync(name, context.Request.Query["reason"].ToString(), context.RequestAborted);
        await Answering.AnswerAsync(context, report.Of(name, keeper.Settings), CertificateJson.Default.CertificateView);
    }

    private async Task RollOverAsync(HttpContext context)
    {
        var authority = context.Request.Query["authority"].ToString();
        var accounts = await keeper.RollOverAsync(authority.Length > 0 ? authority : null, context.RequestAborted);
        await Answering.AnswerAsync(context, accounts, CertificateJson.Default.AccountList);
    }

    private async Task ImportAsync(HttpContext context)
    {
        var body = await Answering.ReadAsync(context, CertificateJson.Default.ImportBody, "certificate");
        var imported = Tell("Imported", await Task.Run(() => certificates.Import(body.Certificates, body.Key)));
        await Answering.AnswerAsync(context, imported, CertificateJson.Default.ImportedView);
    }

    private async Task RemoveAsync(HttpContext context)
    {
        var name = NameIn(context) ?? throw GatewayProblems.BadRequest("A removal needs a name.");
        var gone = await Task.Run(() => certificates.Remove(name));
        await Answering.AnswerAsync(
            context, new ImportedList([.. gone.Select(one => Tell("Removed", one))]), CertificateJson.Default.ImportedList);
    }

    private ImportedView Tell(string change, KeyedCertificate certificate)
    {
        log.ImportChanged(change, certificate.Leaf.SerialNumber, string.Join(", ", certificate.Names));
        return new ImportedView(certificate.Names, certificate.Leaf.SerialNumber, certificate.NotAfter);
    }

    private static string? NameIn(HttpContext context) =>
        context.Request.Query["name"].ToString() is { Length: > 0 } name ? name.ToLowerInvariant() : null;
}
