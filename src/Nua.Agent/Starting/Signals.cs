using System.Runtime.InteropServices;

namespace Nua.Agent.Starting;

/// <summary>The signals that are passed on.</summary>
internal sealed class Signals : IDisposable
{
    public const int Terminate = 15;

    public const int Kill = 9;

    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const int User1 = 10;
    private const int User2 = 12;
    private const int WindowChange = 28;

    private readonly IReadOnlyList<PosixSignalRegistration> _registrations;

    private Signals(IReadOnlyList<PosixSignalRegistration> registrations) => _registrations = registrations;

    /// <summary>From now on each of them calls, and does nothing else, until disposal.</summary>
    public static Signals CallOn(Action<int> call) => new(
        [.. new[] { HangUp, Interrupt, Quit, User1, User2, Terminate, WindowChange }.Select(signal => Register(signal, call))]);

    /// <summary>Whether it asks a program to end.</summary>
    public static bool EndPrograms(int signal) => signal is Interrupt or Quit or Terminate;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    // The runtime takes a platform's own number as it is.
    private static PosixSignalRegistration Register(int signal, Action<int> call) =>
        PosixSignalRegistration.Create((PosixSignal)signal, context =>
        {
            context.Cancel = true;
            call(signal);
        });
}
