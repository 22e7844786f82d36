using System.Net;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Tests.Server.Support;

namespace BorderInfo.Tests.Server.Platform;

public sealed class SignedInTests
{
    [Fact]
    public async Task Somebody_signed_in_sees_the_overview_and_can_send_a_form()
    {
        using var server = new ServerUnderTest();
        var client = await server.ClientAs(Roles.Editor);

        var home = await client.GetAsync("/");
        var signOut = await client.PostForm("/dang-xuat");

        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        Assert.Equal("/da-dang-xuat", signOut.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/")).StatusCode);
    }
}
