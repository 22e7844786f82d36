namespace BorderInfo.Tests.Server.Support;

public sealed class TheServerStarts
{
    [Fact]
    public async Task The_start_page_answers()
    {
        using var server = new ServerUnderTest();

        var answer = await server.CreateClient().GetAsync("/");

        Assert.True(answer.IsSuccessStatusCode, answer.StatusCode.ToString());
    }
}
