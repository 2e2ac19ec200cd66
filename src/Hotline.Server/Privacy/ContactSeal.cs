using System.Security.Cryptography;
using System.Text;

namespace Hotline.Server.Privacy;

/// <summary>
/// Seals and opens bytes with one data key (AES-256-GCM, random nonce). What a body is for is authenticated with it,
/// so that a sealed text cannot be moved to another place.
/// </summary>
internal sealed class ContactSeal(byte[] key)
{
    private const byte Form = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public byte[] Seal(ReadOnlySpan<byte> plain, string purpose)
    {
        var sealedBytes = new byte[1 + NonceSize + TagSize + plain.Length];
        sealedBytes[0] = Form;
        var nonce = sealedBytes.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(1 + NonceSize + TagSize), sealedBytes.AsSpan(1 + NonceSize, TagSize), Encoding.UTF8.GetBytes(purpose));
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">Wrong key, wrong purpose, or damaged bytes.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string purpose)
    {
        if (sealedBytes.Length < 1 + NonceSize + TagSize || sealedBytes[0] != Form)
        {
            throw new CryptographicException("not a sealed body of a known form");
        }

        var plain = new byte[sealedBytes.Length - 1 - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(
            sealedBytes.Slice(1, NonceSize),
            sealedBytes[(1 + NonceSize + TagSize)..],
            sealedBytes.Slice(1 + NonceSize, TagSize),
            plain,
            Encoding.UTF8.GetBytes(purpose));
        return plain;
    }
}
