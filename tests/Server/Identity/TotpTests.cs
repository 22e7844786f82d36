using System.Text;
using BorderInfo.Server.Identity;

namespace BorderInfo.Tests.Server.Identity;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238 appendix B, SHA-1, the last six of the eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_code_is_that_of_the_standard(long unixSeconds, string code)
    {
        var made = Totp.CodeOf(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(unixSeconds)));

        Assert.Equal(code, made);
    }

    /// <summary>RFC 4648 section 10, without padding.</summary>
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void The_secret_is_written_in_base_32(string bytes, string text)
    {
        Assert.Equal(text, Totp.Base32(Encoding.ASCII.GetBytes(bytes)));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void One_step_to_either_side_is_taken(int stepsOff, bool taken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var code = Totp.CodeOf(Secret, Totp.StepAt(now) + stepsOff);

        var step = Totp.Fits(Secret, code, now, used: 0);

        Assert.Equal(taken ? Totp.StepAt(now) + stepsOff : null, step);
    }

    [Fact]
    public void A_code_works_once_and_none_before_it_afterwards()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var used = Totp.Fits(Secret, Totp.CodeOf(Secret, Totp.StepAt(now)), now, used: 0)!.Value;

        Assert.Null(Totp.Fits(Secret, Totp.CodeOf(Secret, used), now, used));
        Assert.Null(Totp.Fits(Secret, Totp.CodeOf(Secret, used - 1), now, used));
        Assert.Equal(used + 1, Totp.Fits(Secret, Totp.CodeOf(Secret, used + 1), now, used));
    }
}
