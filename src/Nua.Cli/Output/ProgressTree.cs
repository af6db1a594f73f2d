using Nua.Api;
using Spectre.Console;

namespace Nua.Cli.Output;

/// <summary>
/// Tells on standard error how work comes along: a title, then its steps with a tick and the seconds they took. Where a line
/// can be drawn over, the step under way is shown with its time and the last line of its log.
/// </summary>
internal sealed class ProgressTree : IDisposable
{
    private static readonly string[] Spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly IAnsiConsole _console;
    private readonly TerminalLook _look;
    private readonly bool _verbose;
    private readonly TimeProvider _clock;
    private readonly ITimer? _timer;
    private (string Name, long Since)? _current;
    private string _lastLine = "";
    private int _frame;

    public ProgressTree(IAnsiConsole console, TerminalLook look, bool verbose, TimeProvider clock)
    {
        (_console, _look, _verbose, _clock) = (console, look, verbose, clock);
        _timer = look.Live ? clock.CreateTimer(_ => Redraw(), state: null, Beat, Beat) : null;
    }

    /// <summary>Work begins: the steps that follow belong to it.</summary>
    public void Begin(string title) => Say(() => _console.MarkupLineInterpolated($"[bold]{title}[/]"));

    /// <summary>A remark between steps.</summary>
    public void Note(string text) => Say(() => _console.MarkupLineInterpolated($"  [grey]{text}[/]"));

    public void Show(OperationEventView happening)
    {
        switch (happening)
        {
            case OperationEventView.StepChanged { Step.State: "started" } begun:
                StepBegins(begun.Step.Name);
                break;
            case OperationEventView.StepChanged ended:
                StepEnds(ended.Step);
                break;
            case OperationEventView.Line line:
                ShowLine(Words.Harmless(line.Text));
                break;
            case OperationEventView.Ended:
                Say(() => _current = null);
                break;
        }
    }

    /// <summary>A step of the command itself, told like the server's.</summary>
    public async Task<T> StepAsync<T>(string name, Func<Task<T>> action)
    {
        var begun = _clock.GetTimestamp();
        StepBegins(name);
        var state = "failed";
        try
        {
            var result = await action();
            state = "done";
            return result;
        }
        finally
        {
            var took = (long)_clock.GetElapsedTime(begun).TotalMilliseconds;
            StepEnds(new StepView(0, name, state, _clock.GetUtcNow(), took));
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        Say(() => _current = null);
    }

    private void StepBegins(string name) => Say(() =>
    {
        _current = (name, _clock.GetTimestamp());
        _lastLine = "";
    });

    private void StepEnds(StepView step) => Say(() =>
    {
        _current = null;
        var mark = step.State switch
        {
            "done" => "[green]✓[/]",
            "undone" => "[yellow]↶[/]",
            _ => "[red]✗[/]",
        };
        var name = step.State is "undone" or "undo-failed" ? $"undo: {step.Name}" : step.Name;
        var took = step.Milliseconds is { } ms ? $"  [grey]{Words.Took(TimeSpan.FromMilliseconds(ms))}[/]" : "";
        _console.MarkupLine($"  {mark} {Markup.Escape(name)}{took}");
        if (step.State is "undo-failed" && step.Detail is { } detail)
        {
            _console.MarkupLineInterpolated($"      [grey]{detail}[/]");
        }
    });

    private void ShowLine(string text)
    {
        if (_verbose)
        {
            Say(() => _console.MarkupLineInterpolated($"      [grey]{text}[/]"));
        }
        else
        {
            lock (_lock)
            {
                _lastLine = text;
            }
        }
    }

    /// <summary>Writes above the line that is drawn over.</summary>
    private void Say(Action write)
    {
        lock (_lock)
        {
            Erase();
            write();
            Draw();
        }
    }

    private void Redraw()
    {
        lock (_lock)
        {
            Erase();
            _frame++;
            Draw();
        }
    }

    private void Erase()
    {
        if (_look.Live && _current is not null)
        {
            _console.Profile.Out.Writer.Write("\r\e[2K");
        }
    }

    private void Draw()
    {
        if (_look.Live && _current is { } current)
        {
            var took = Words.Took(_clock.GetElapsedTime(current.Since));
            var text = $"{current.Name}  {took}  {_lastLine.Trim()}";
            var room = Math.Max(0, _look.ErrorWidth - 5);
            _console.Markup($"  [blue]{Spinner[_frame % Spinner.Length]}[/] {Markup.Escape(text[..Math.Min(room, text.Length)])}");
        }
    }
}
