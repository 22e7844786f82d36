using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Tests.Server.Platform;

public sealed class TypedTextTests
{
    /// <summary>Composing a text with a noncharacter or half a pair throws: a name with one answered 500 everywhere it was read.</summary>
    [Theory]
    [InlineData("Cu\u031b\u0309a kh\u00e2\u0309u", "C\u1eeda kh\u1ea9u")]
    [InlineData("  Hữu\uffff Nghị\ufffe ", "Hữu Nghị")]
    [InlineData("Hữu\ud800 Nghị", "Hữu Nghị")]
    [InlineData("Hữu\u0007\n Nghị", "Hữu Nghị")]
    [InlineData("\ud83d\ude00 友谊关", "\ud83d\ude00 友谊关")]
    [InlineData(null, "")]
    public void A_typed_line_is_composed_and_holds_only_characters(string? typed, string kept) => Assert.Equal(kept, typed.Typed());

    [Fact]
    public void Typed_lines_keep_their_line_ends_and_searching_takes_any_text()
    {
        Assert.Equal("một\nhai", "một\nhai\uffff ".TypedLines());
        Assert.Equal("huu nghi", Script.Folded("Hữu\uffff Nghị"));
        Assert.Equal("Hữu Nghị", Script.Normal("Hữu\udfff Nghị"));
    }
}
