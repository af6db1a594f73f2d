using System.Security.Cryptography;
using System.Text;
using Nua.Core;
using Nua.Core.Problems;

namespace Nua.Drivers.State.Sqlite;

/// <summary>
/// The key that seals kept values: 256 random bits in a file of its own, readable by the server alone.
/// Values are sealed with AES-256-GCM (NIST SP 800-38D) under a random 96-bit nonce, bound to their place.
/// </summary>
public sealed class VaultKey
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly byte[] _key;
    private readonly string _file;

    private VaultKey(byte[] key, string file) => (_key, _file) = (key, file);

    /// <summary>Reads the key, or makes one and has it on disk before it is used.</summary>
    /// <exception cref="NuaException"><c>state.bad-key</c>: the file holds no key</exception>
    public static VaultKey OpenOrCreate(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (!File.Exists(file))
        {
            Create(file);
        }

        return Open(file);
    }

    /// <summary>Reads the key that is there.</summary>
    /// <exception cref="NuaException"><c>vault.key-missing</c>; <c>state.bad-key</c>: the file holds no key</exception>
    public static VaultKey Open(string file)
    {
        if (!File.Exists(file))
        {
            throw new NuaException(StateProblems.NoKey(file));
        }

        var key = File.ReadAllBytes(file);
        return key.Length == KeyBytes ? new VaultKey(key, file) : throw new NuaException(StateProblems.BadKey(file));
    }

    internal byte[] Seal(Secret secret, string context)
    {
        var plain = Encoding.UTF8.GetBytes(secret.Reveal());
        var sealedValue = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = sealedValue.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(
            nonce,
            plain,
            sealedValue.AsSpan(NonceBytes, plain.Length),
            sealedValue.AsSpan(NonceBytes + plain.Length),
            Encoding.UTF8.GetBytes(context));
        return sealedValue;
    }

    internal Secret Open(byte[] sealedValue, string context)
    {
        var plain = new byte[sealedValue.Length - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(_key, TagBytes);
            cipher.Decrypt(
                sealedValue.AsSpan(0, NonceBytes),
                sealedValue.AsSpan(NonceBytes, plain.Length),
                sealedValue.AsSpan(NonceBytes + plain.Length),
                plain,
                Encoding.UTF8.GetBytes(context));
            return new Secret(Encoding.UTF8.GetString(plain));
        }
        catch (CryptographicException failure)
        {
            throw new NuaException(StateProblems.BadKey(_file), failure);
        }
    }

    private static void Create(string file)
    {
        var unfinished = $"{file}.new";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var stream = new FileStream(unfinished, options))
        {
            stream.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file);
    }
}
