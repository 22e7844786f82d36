using System.IO.Compression;
using System.Text;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Tests.Server.Content;

public sealed class HostileUploadTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("borderinfo-hostile-").FullName;

    [Theory]
    [InlineData("playlist.mp4", "content.upload-kind")]
    [InlineData("concat.mp4", "content.upload-kind")]
    [InlineData("page.png", "content.upload-kind")]
    [InlineData("program.jpg", "content.upload-kind")]
    [InlineData("drawing.svg", "content.upload-kind")]
    [InlineData("archive.zip", "content.upload-kind")]
    [InlineData("random.bin", "content.upload-kind")]
    [InlineData("random-after-ftyp.mp4", "content.upload-unreadable")]
    [InlineData("cut.mp4", "content.upload-broken")]
    [InlineData("cut.png", "content.upload-unreadable")]
    [InlineData("bomb.png", "content.upload-dimensions")]
    [InlineData("huge-header.gif", "content.upload-dimensions")]
    [InlineData("png-and-zip.png", "content.upload-trailing")]
    [InlineData("gif-and-script.gif", "content.upload-unreadable")]
    [InlineData("silence.wav", "content.audio-silent")]
    [InlineData("empty.png", "content.upload-empty")]
    public async Task Every_file_of_the_hostile_corpus_is_refused_and_leaves_nothing_behind(string name, string code)
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor);
        var path = await Hostile(name);

        var refusal = await room.Upload(editor, item, path);

        Assert.Equal(code, refusal);
        await Newsroom.Until(() => Task.FromResult(room.Files()), files => files.Count == 0);
    }

    [Fact]
    public async Task What_hides_in_a_good_picture_does_not_survive_its_re_encoding()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor);
        var picture = await Media.Make(folder, "a.jpg", "-f", "lavfi", "-i", "testsrc2=size=320x240", "-frames:v", "1");
        var bytes = (await File.ReadAllBytesAsync(picture)).ToList();
        var hidden = Encoding.ASCII.GetBytes("<script>alert(1)</script><?php system()?>");
        bytes.InsertRange(2, [0xFF, 0xFE, 0x00, (byte)(hidden.Length + 2), .. hidden]);
        await File.WriteAllBytesAsync(picture, [.. bytes]);

        Assert.Null(await room.Upload(editor, item, picture));

        await room.Ready(editor, item);
        Assert.NotEmpty(room.Files());
        Assert.All(room.Files(), f => Assert.DoesNotContain("<script>", Encoding.Latin1.GetString(File.ReadAllBytes(f)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_ordinary_GIF_still_passes()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor);

        Assert.Null(await room.Upload(editor, item, await Media.Make(folder, "a.gif", "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=10:duration=1"), "vi"));
        Assert.Null(await room.Upload(editor, item, await Media.Make(folder, "still.gif", "-f", "lavfi", "-i", "testsrc2=size=160x120", "-frames:v", "1"), "vi"));
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_refused_while_it_comes()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor);
        var path = Path.Combine(folder, "big.mp4");
        await using (var file = File.Create(path))
            file.SetLength(520L * 1024 * 1024);

        var refusal = await room.Upload(editor, item, path);

        Assert.Equal("content.upload-too-big", refusal);
        Assert.Empty(room.Files());
    }

    [Fact]
    public async Task A_name_with_a_path_in_it_stays_a_name()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor);
        var picture = await Media.Picture(folder);

        Assert.Null(await room.Upload(editor, item, picture, name: "../../../../tmp/borderinfo-escaped.png"));

        Assert.False(File.Exists("/tmp/borderinfo-escaped.png"));
        Assert.All(room.Files(), f => Assert.Matches("^[0-9a-f]{32,64}$", Path.GetFileName(f)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<string> Hostile(string name)
    {
        var path = Path.Combine(folder, name);
        switch (name)
        {
            case "playlist.mp4":
                await File.WriteAllTextAsync(path, "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n");
                break;
            case "concat.mp4":
                await File.WriteAllTextAsync(path, "ffconcat version 1.0\nfile 'http://127.0.0.1:9/a.ts'\n");
                break;
            case "page.png":
                await File.WriteAllTextAsync(path, "<!doctype html><script>alert(1)</script>");
                break;
            case "program.jpg":
                File.Copy("/bin/true", path);
                break;
            case "drawing.svg":
                await File.WriteAllTextAsync(path, "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:x=\"http://www.w3.org/1999/xlink\"><image x:href=\"file:///etc/passwd\"/></svg>");
                break;
            case "archive.zip":
                await using (var zip = await ZipFile.OpenAsync(path, ZipArchiveMode.Create))
                    zip.CreateEntry("a.txt");
                break;
            case "random.bin":
                await File.WriteAllBytesAsync(path, Random(4096));
                break;
            case "random-after-ftyp.mp4":
                await File.WriteAllBytesAsync(path, [0, 0, 0, 24, .. "ftypisom"u8, .. Random(4096)]);
                break;
            case "cut.mp4":
                await Shorten(await Media.Clip(folder, "whole.mp4"), path, 0.05);
                break;
            case "cut.png":
                await Shorten(await Media.Picture(folder, "whole.png"), path, 0.5);
                break;
            case "bomb.png":
                await Bomb(path, 30_000);
                break;
            case "huge-header.gif":
                await File.WriteAllBytesAsync(path, [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x2C, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 2, 1, 0, 0, 0x3B]);
                break;
            case "png-and-zip.png":
                await File.WriteAllBytesAsync(path, [.. await File.ReadAllBytesAsync(await Media.Picture(folder, "whole.png")), 0x50, 0x4B, 5, 6, .. new byte[18]]);
                break;
            case "gif-and-script.gif":
                await File.WriteAllBytesAsync(path, [.. "GIF89a"u8, 1, 0, 1, 0, .. "/*        */=1;alert(document.cookie);<html><script src=x></script>"u8]);
                break;
            case "silence.wav":
                await Media.Make(folder, name, "-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono", "-t", "5");
                break;
            case "empty.png":
                await File.WriteAllBytesAsync(path, []);
                break;
        }

        return path;
    }

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        bytes[0] = 1;
        return bytes;
    }

    private static async Task Shorten(string from, string to, double part)
    {
        var bytes = await File.ReadAllBytesAsync(from);
        // The index of a fast-start clip stands first; keep it whole so that only decoding can tell.
        var keep = Math.Max((int)(bytes.Length * part), 0);
        if (from.EndsWith("mp4", StringComparison.Ordinal))
            keep = Math.Max(keep, bytes.AsSpan().IndexOf("mdat"u8) + 2000);
        await File.WriteAllBytesAsync(to, bytes[..keep]);
    }

    /// <summary>A valid PNG of one grey, edge × edge: small on the disk, 900 million pixels in memory.</summary>
    private static async Task Bomb(string path, int edge)
    {
        await using var file = File.Create(path);
        await file.WriteAsync(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A });
        byte[] Number(int n) => [(byte)(n >> 24), (byte)(n >> 16), (byte)(n >> 8), (byte)n];
        async Task Chunk(string type, byte[] body)
        {
            byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. body];
            var crc = Crc(typed);
            await file.WriteAsync((byte[])[.. Number(body.Length), .. typed, .. Number((int)crc)]);
        }

        await Chunk("IHDR", [.. Number(edge), .. Number(edge), 1, 0, 0, 0, 0]);
        using var packed = new MemoryStream();
        await using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var row = 0; row < edge; row++)
                await zlib.WriteAsync(new byte[1 + (edge / 8)]);
        }

        await Chunk("IDAT", packed.ToArray());
        await Chunk("IEND", []);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var k = 0; k < 8; k++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }

        return ~crc;
    }
}
