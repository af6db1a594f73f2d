using System.CommandLine;
using Nua.Cli.Output;

namespace Nua.Cli.Commands;

/// <summary><c>nua completion bash|zsh|fish</c></summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # nua completion for bash. Load it with: source <(nua completion bash)
        _nua() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(nua "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _nua nua
        """;

    private const string Zsh = """
        #compdef nua
        # nua completion for zsh. Load it with: source <(nua completion zsh)
        _nua() {
            local -a answers
            answers=("${(@f)$(nua "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -a answers
            _files
        }
        compdef _nua nua
        """;

    private const string Fish = """
        # nua completion for fish. Load it with: nua completion fish | source
        function __nua_complete
            nua "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null
        end
        complete -c nua -a '(__nua_complete)'
        """;

    public static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new VerbCommand(
            "completion", "Print the script that completes nua's words and names in a shell.", "source <(nua completion bash)") { shell };
        command.SetAction(line => terminal.Output.WriteLine(line.GetRequiredValue(shell) switch
        {
            "zsh" => Zsh,
            "fish" => Fish,
            _ => Bash,
        }));
        return command;
    }
}
