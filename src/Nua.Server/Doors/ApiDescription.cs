using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Nua.Server.Views;

namespace Nua.Server.Doors;

/// <summary>What the document of the API says beside its routes: its name, the token, and the scope that each route needs.</summary>
internal static class ApiDescription
{
    private const string Token = "token";

    /// <summary>Adds it to the document.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Nua", Version = StatusDesk.Version };
            Secure(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var route = context.Description;
            var rule = RouteRules.All.FirstOrDefault(one => one.Method == route.HttpMethod && one.Pattern == $"/{route.RelativePath}");
            operation.Description = rule is null ? null : $"Needs the scope {rule.Needs.ToString().ToLowerInvariant()}.";
            return Task.CompletedTask;
        });
    }

    private static void Secure(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Token] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token of 'nua token create', at the remote door. The Unix socket needs none: the kernel says who asks.",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, document)] = [] }];
    }
}
