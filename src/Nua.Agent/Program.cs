using Nua.Agent;
using Nua.Agent.Sbom;
using Nua.Agent.Starting;

return args switch
{
    ["start", .. var rest] => StartVerb.Run(rest),
    ["do", .. var rest] => DoVerb.Run(rest),
    ["check"] => CheckVerb.Run(),
    ["sbom", .. var rest] => SbomVerb.Run(rest),
    ["--version"] => Say.Answer(Say.Version),
    ["--help"] => Say.Answer(Say.Usage),
    _ => Say.Trouble(Say.Usage, exitCode: 2),
};
