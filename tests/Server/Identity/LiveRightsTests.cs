using BorderInfo.Server.Identity;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Live;
using BorderInfo.Tests.Server.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Identity;

/// <summary>How long a right that was taken away lasts where a page listens to <c>/live</c>.</summary>
public sealed class LiveRightsTests
{
    [Theory]
    [InlineData("disabled")]
    [InlineData("signed out elsewhere")]
    [InlineData("idle")]
    [InlineData("another area")]
    [InlineData("another role")]
    public async Task A_stream_ends_with_the_rights_it_was_opened_by(string what)
    {
        using var server = new ServerUnderTest();
        var (client, actor) = await server.UserWithClient([Roles.Editor], new AreaScope(false, ["20"], [], []));
        await using var stream = await client.GetStreamAsync("/live?topic=sites");
        using var news = new StreamReader(stream);
        Assert.Equal("event: alive", await news.ReadLineAsync());

        await Change(server, actor, what);
        var ended = await EndsWhileToldOfNews(server, news);

        Assert.True(ended);
    }

    [Fact]
    public async Task A_stream_goes_on_while_nothing_was_taken_away()
    {
        using var server = new ServerUnderTest();
        var client = await server.ClientAs(Roles.Editor);
        await using var stream = await client.GetStreamAsync("/live?topic=sites");
        using var news = new StreamReader(stream);
        var board = server.Services.GetRequiredService<LiveBoard>();

        for (var heard = 0; heard < 3;)
        {
            board.Tell("sites");
            heard += await news.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) == "event: sites" ? 1 : 0;
        }
    }

    private static async Task<bool> EndsWhileToldOfNews(ServerUnderTest server, StreamReader news)
    {
        var board = server.Services.GetRequiredService<LiveBoard>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            do
                board.Tell("sites");
            while (await news.ReadLineAsync(patience.Token) is not null);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task Change(ServerUnderTest server, Actor actor, string what)
    {
        var administrator = await server.ClientAs(Roles.Administrator);
        switch (what)
        {
            case "disabled":
                await administrator.PostForm($"/nguoi-dung/{actor.UserId}/khoa");
                Assert.True(await server.WithDb(db => db.Set<User>().AnyAsync(u => u.Id == actor.UserId && u.Disabled)));
                break;
            case "signed out elsewhere":
                await server.WithDb(db => db.Set<UserSession>().Where(s => s.UserId == actor.UserId).ExecuteDeleteAsync());
                break;
            case "idle":
                server.Clock.Advance(TimeSpan.FromMinutes(31));
                break;
            case "another area":
                await server.WithDb(db => db.Set<UserArea>().Where(a => a.UserId == actor.UserId).ExecuteUpdateAsync(a => a.SetProperty(x => x.Area, "p:52")));
                break;
            default:
                await server.WithDb(db => db.Set<UserRole>().Where(r => r.UserId == actor.UserId).ExecuteUpdateAsync(r => r.SetProperty(x => x.Role, Roles.Monitor)));
                break;
        }
    }
}
