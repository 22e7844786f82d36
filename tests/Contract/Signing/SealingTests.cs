using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Signing;

namespace BorderInfo.Tests.Contract.Signing;

public sealed class SealingTests : IDisposable
{
    private static readonly byte[] Payload = Encoding.UTF8.GetBytes("""{"site":"LS-0001","text":"Hữu Nghị"}""");
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TrustedKey[] trusted;
    private readonly byte[] sealedPlan;

    public SealingTests()
    {
        trusted = [Sealing.PublicPart(key)];
        sealedPlan = Sealing.Seal(SignedTypes.Plan, Payload, key);
    }

    public void Dispose()
    {
        key.Dispose();
        other.Dispose();
    }

    [Fact]
    public void What_was_sealed_opens_with_the_same_bytes()
    {
        var opened = Sealing.Open(sealedPlan, SignedTypes.Plan, trusted);

        Assert.Equal(Payload, opened.Value);
    }

    [Fact]
    public void The_signature_is_over_the_bytes_of_the_formula()
    {
        var envelope = SealingBytes.Unfold(sealedPlan);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)Payload.Length);
        byte[] signed = [.. "BI1"u8, 0, .. "bi.plan.v1"u8, 0, .. length, .. Payload];

        var verified = key.VerifyData(signed, envelope.Sigs[0].Sig, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

        Assert.True(verified);
        Assert.Equal((64, 16, "ES256"), (envelope.Sigs[0].Sig.Length, envelope.Sigs[0].Kid.Length, envelope.Sigs[0].Alg));
    }

    [Fact]
    public void An_altered_byte_anywhere_in_the_payload_is_refused() =>
        EachByte(Payload.Length, (e, i) => e with { Payload = Flip(e.Payload, i) }, "seal.bad-signature");

    [Fact]
    public void An_altered_byte_anywhere_in_the_signature_is_refused() =>
        EachByte(64, (e, i) => e with { Sigs = [e.Sigs[0] with { Sig = Flip(e.Sigs[0].Sig, i) }] }, "seal.bad-signature");

    [Fact]
    public void An_altered_letter_anywhere_in_the_type_is_refused() =>
        EachByte(SignedTypes.Plan.Length, (e, i) => e with { Type = Encoding.Latin1.GetString(Flip(Encoding.Latin1.GetBytes(e.Type), i)) }, "seal.wrong-type");

    [Fact]
    public void An_altered_letter_anywhere_in_the_key_id_is_refused() =>
        EachByte(16, (e, i) => e with { Sigs = [e.Sigs[0] with { Kid = Encoding.Latin1.GetString(Flip(Encoding.Latin1.GetBytes(e.Sigs[0].Kid), i)) }] }, "seal.unknown-key");

    [Fact]
    public void Bytes_signed_as_a_plan_are_no_command()
    {
        var relabelled = SealingBytes.Unfold(sealedPlan) with { Type = SignedTypes.Command };

        Assert.Equal("seal.wrong-type", Why(sealedPlan, SignedTypes.Command));
        Assert.Equal("seal.bad-signature", Why(SealingBytes.Fold(relabelled), SignedTypes.Command));
    }

    [Fact]
    public void A_payload_cannot_borrow_bytes_from_the_type_or_the_length()
    {
        var envelope = SealingBytes.Unfold(sealedPlan);
        byte[] shifted = [.. new byte[7], (byte)Payload.Length, .. Payload];

        Assert.Equal("seal.bad-signature", Why(SealingBytes.Fold(envelope with { Payload = shifted })));
        Assert.Equal("seal.bad-signature", Why(SealingBytes.Fold(envelope with { Payload = Payload[..^1] })));
    }

    [Fact]
    public void Unsigned_and_strangely_signed_are_refused()
    {
        var envelope = SealingBytes.Unfold(sealedPlan);

        Assert.Equal("seal.unsigned", Why(SealingBytes.Fold(envelope with { Sigs = [] })));
        Assert.Equal("seal.unknown-key", Why(Sealing.Seal(SignedTypes.Plan, Payload, other)));
        Assert.Equal("seal.unknown-key", Why(SealingBytes.Fold(envelope with { Sigs = [envelope.Sigs[0] with { Alg = "none" }] })));
        Assert.Equal("seal.malformed", Why(SealingBytes.Fold(envelope with { Sigs = [null!] })));
        Assert.Equal("seal.malformed", Why(SealingBytes.Fold(envelope with { Sigs = [.. Enumerable.Repeat(envelope.Sigs[0], 9)] })));
        Assert.Equal("seal.bad-signature", Why(SealingBytes.Fold(envelope with { Sigs = [envelope.Sigs[0] with { Sig = [] }] })));
    }

    [Fact]
    public void One_valid_signature_beside_an_unknown_or_broken_one_is_enough()
    {
        var envelope = SealingBytes.Unfold(sealedPlan);
        var stranger = SealingBytes.Unfold(Sealing.Seal(SignedTypes.Plan, Payload, other)).Sigs[0];
        var broken = envelope.Sigs[0] with { Sig = Flip(envelope.Sigs[0].Sig, 5) };

        var opened = Sealing.Open(SealingBytes.Fold(envelope with { Sigs = [stranger, broken, envelope.Sigs[0]] }), SignedTypes.Plan, trusted);

        Assert.Equal(Payload, opened.Value);
    }

    [Fact]
    public void Truncated_at_any_byte_never_opens()
    {
        for (var length = 0; length < sealedPlan.Length; length++)
        {
            var opened = Sealing.Open(sealedPlan.AsSpan(0, length), SignedTypes.Plan, trusted);

            // The last byte may hold nothing but padding of the compressor; the envelope inside is then whole.
            Assert.True(opened.Why?.Code == "seal.malformed" || opened.Why is null && length >= sealedPlan.Length - 1 && opened.Value.SequenceEqual(Payload), $"{length}: {opened.Why}");
        }
    }

    [Fact]
    public void An_altered_sealed_byte_never_gives_another_payload()
    {
        for (var i = 0; i < sealedPlan.Length; i++)
        {
            var opened = Sealing.Open(Flip(sealedPlan, i), SignedTypes.Plan, trusted);

            Assert.True(opened.Why is not null || opened.Value.SequenceEqual(Payload));
        }
    }

    [Fact]
    public void A_compression_bomb_is_refused_and_so_is_an_endless_message()
    {
        var bomb = SealingBytes.Fold(new byte[200 * 1024 * 1024]);

        Assert.True(bomb.Length < 100_000);
        Assert.Equal("seal.too-large", Why(bomb));
        Assert.Equal("seal.too-large", Why(new byte[Sealing.MaxFoldedBytes + 1]));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"bi.plan.v1","payload":null,"sigs":[]}""")]
    [InlineData("""{"type":null,"payload":"","sigs":[]}""")]
    [InlineData("""{"type":"bi.plan.v1","payload":"***","sigs":[]}""")]
    [InlineData("""{"type":"bi.plan.v1","type":"bi.plan.v1","payload":"","sigs":[]}""")]
    [InlineData("""{"type":"bi.plan.v1","payload":"","sigs":[{"kid":"a","alg":"ES256"}]}""")]
    public void What_is_no_envelope_is_malformed(string json)
    {
        var why = Why(SealingBytes.Fold(Encoding.UTF8.GetBytes(json)));

        Assert.Equal("seal.malformed", why);
    }

    private void EachByte(int count, Func<Envelope, int, Envelope> change, string code)
    {
        var envelope = SealingBytes.Unfold(sealedPlan);
        for (var i = 0; i < count; i++)
            Assert.Equal(code, Why(SealingBytes.Fold(change(envelope, i))));
    }

    private string? Why(byte[] bytes, string type = SignedTypes.Plan) => Sealing.Open(bytes, type, trusted).Why?.Code;

    private static byte[] Flip(byte[] bytes, int at)
    {
        var copy = bytes.ToArray();
        copy[at] ^= 1;
        return copy;
    }
}
