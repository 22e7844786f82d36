using BorderInfo.Agent.Service;

namespace BorderInfo.Tests.Agent.Service;

public sealed class StartPagesTests
{
    private static readonly string[] Told =
    [
        "55d0c0000000-55d0c0003000 r-xp 00001000 fe:00 77                         /opt/borderinfo/agent/current/borderinfo-agent",
        "Rss:                  12 kB", "Anonymous:             0 kB", "VmFlags: rd ex mr mw me",
        "55d0c0003000-55d0c0004000 r--p 00004000 fe:00 77                         /opt/borderinfo/agent/current/borderinfo-agent",
        "Rss:                   4 kB", "Anonymous:             4 kB",
        "55d0c0004000-55d0c0006000 rw-p 00005000 fe:00 77                         /opt/borderinfo/agent/current/borderinfo-agent",
        "Rss:                   8 kB", "Anonymous:             0 kB",
        "7f0000000000-7f0000001000 r-xp 00000000 fe:00 78                         /usr/lib/x86_64-linux-gnu/libc.so.6",
        "Anonymous:             0 kB",
        "7f0000002000-7f0000003000 r-xp 00000000 00:00 0",
        "Anonymous:             0 kB",
        "7f0000004000-7f0000008000 r--s 00008000 fe:00 77                         /opt/borderinfo/agent/current/borderinfo-agent",
        "Anonymous:             0 kB",
    ];

    [Fact]
    public void Only_what_of_the_program_file_was_never_written_is_given_back()
    {
        var found = StartPages.Unwritten(Told, "/opt/borderinfo/agent/current/borderinfo-agent");

        Assert.Equal([(0x55d0c0000000, 0x3000), (0x7f0000004000, 0x4000)], found.Select(m => ((long)m.From, (long)m.Length)));
    }

    [Fact]
    public void A_program_goes_on_after_it_has_given_its_pages_back()
    {
        var given = StartPages.GiveBack();

        Assert.True(given > 0);
        Assert.Equal("BorderInfo", string.Concat("Border", "Info"));
    }
}
