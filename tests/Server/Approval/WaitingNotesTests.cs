using System.Net;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Tests.Server.Content;

namespace BorderInfo.Tests.Server.Approval;

public sealed class WaitingNotesTests
{
    [Fact]
    public async Task What_waits_for_more_than_a_day_is_on_the_overview_of_who_may_decide()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, ("vi", "Chào mừng quý khách."));
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/submit", null));
        var fresh = await Overview(room, Roles.Approver);
        room.Clock.Advance(TimeSpan.FromHours(25));

        var late = await Overview(room, Roles.Approver);
        var technician = await Overview(room, Roles.Technician);

        const string Note = "1 tin, bài chờ duyệt quá một ngày, lâu nhất từ 23/11/2026 08:00.";
        Assert.DoesNotContain(Note, fresh, StringComparison.Ordinal);
        Assert.Contains(Note, late, StringComparison.Ordinal);
        Assert.DoesNotContain(Note, technician, StringComparison.Ordinal);
    }

    private static async Task<string> Overview(Newsroom room, string role) => WebUtility.HtmlDecode(await (await room.As(role)).GetStringAsync("/"));
}
