using System.Text;
using Nua.Drivers.Runtimes.Docker;
using Nua.Engine.Runtimes;
using Xunit;

namespace Nua.Tests.Drivers.Runtimes;

public sealed class LogAssemblyTests
{
    private const string Stamp = "2026-11-22T23:38:11.123456700Z ";

    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 11, 22, 23, 38, 11, TimeSpan.Zero).AddTicks(1_234_567);

    [Fact]
    public void Pieces_of_any_size_make_the_same_lines()
    {
        var bytes = Encoding.UTF8.GetBytes($"{Stamp}first ümläut\n{Stamp}\n{Stamp}third\r\n");

        for (var size = 1; size <= bytes.Length; size++)
        {
            var lines = Read(bytes.Chunk(size));

            Assert.Equal([new(At, false, "first ümläut"), new(At, false, ""), new(At, false, "third")], lines);
        }
    }

    [Fact]
    public void A_line_the_engine_kept_in_parts_loses_the_stamps_inside()
    {
        var part = new string('x', 16 * 1024);

        var line = Assert.Single(Read([Encoding.UTF8.GetBytes($"{Stamp}{part}{Stamp}{part}{Stamp}end\n")]));

        Assert.Equal($"{part}{part}end", line.Text);
    }

    [Fact]
    public void What_looks_like_a_stamp_in_a_short_line_stays()
    {
        var line = Assert.Single(Read([Encoding.UTF8.GetBytes($"{Stamp}at {Stamp}it began\n")]));

        Assert.Equal($"at {Stamp}it began", line.Text);
    }

    [Fact]
    public void A_last_line_without_an_end_is_a_line()
    {
        var line = Assert.Single(Read([Encoding.UTF8.GetBytes($"{Stamp}killed in the mid")]));

        Assert.Equal("killed in the mid", line.Text);
    }

    [Fact]
    public void A_line_that_never_ends_is_cut_before_it_fills_the_memory()
    {
        var lines = Read([Encoding.UTF8.GetBytes(Stamp), .. Enumerable.Repeat(Encoding.UTF8.GetBytes(new string('x', 100_000)), 25)]);

        Assert.InRange(lines.Count, 2, 3);
        Assert.All(lines, line => Assert.InRange(line.Text.Length, 1, 1_200_000));
    }

    private static List<LogLine> Read(IEnumerable<byte[]> pieces)
    {
        var assembly = new LogAssembly(isError: false);
        return [.. pieces.SelectMany(piece => assembly.Add(piece).ToList()), .. assembly.Finish()];
    }
}
