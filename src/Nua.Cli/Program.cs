using Nua.Cli;
using Nua.Cli.Contexts;
using Nua.Cli.Output;

return await NuaCommand.RunAsync(args, ServerChoice.OfThisProcess(), Terminal.OfThisProcess());
