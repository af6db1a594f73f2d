using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Nua.Api;
using Nua.Gateway.Acme;

namespace Nua.Gateway.Issuing;

/// <summary>
/// What lies on the disk of dealings with authorities, in the folder <c>acme</c>: who they are, the key of the account with each, and
/// what is remembered of each name.
/// </summary>
internal sealed class IssuingState
{
    private readonly string _folder;
    private readonly Lock _writing = new();
    private readonly Dictionary<string, NameRecord> _names;

    public IssuingState(string folder)
    {
        _folder = Path.Combine(folder, "acme");
        Settings = Read("settings.json", CertificateJson.Default.CertificateSettings) ?? CertificateSettings.None;
        _names = (Read("names.json", IssuingJson.Default.IReadOnlyListNameRecord) ?? []).ToDictionary(name => name.Host);
    }

    /// <summary>Where it lies.</summary>
    public string Folder => _folder;

    public CertificateSettings Settings { get; private set; }

    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public void Keep(CertificateSettings settings)
    {
        lock (_writing)
        {
            Write("settings.json", settings, CertificateJson.Default.CertificateSettings);
            Settings = settings;
        }
    }

    public NameRecord Of(string host)
    {
        lock (_writing)
        {
            return _names.GetValueOrDefault(host) ?? new NameRecord(host);
        }
    }

    /// <summary>A disk that is full takes nothing from the name: what is remembered then lasts as long as the process.</summary>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public void Keep(NameRecord name)
    {
        lock (_writing)
        {
            _names[name.Host] = name;
            WriteNames();
        }
    }

    /// <summary>The key of the account with an authority: the one there is, or a new one.</summary>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public AccountKey KeyFor(string authority)
    {
        lock (_writing)
        {
            return TryRead(KeyFile(authority)) ?? Create(KeyFile(authority));
        }
    }

    /// <summary>A key that an account is about to have; it waits until <see cref="TakeNextKey"/>.</summary>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public AccountKey MakeNextKey(string authority)
    {
        lock (_writing)
        {
            return Create(NextKeyFile(authority));
        }
    }

    /// <summary>The key that an account was about to have when the gateway ended; <see langword="null"/>: none was.</summary>
    public AccountKey? NextKey(string authority)
    {
        lock (_writing)
        {
            return TryRead(NextKeyFile(authority));
        }
    }

    /// <summary>The account has it now.</summary>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public void TakeNextKey(string authority)
    {
        lock (_writing)
        {
            StateFile.Move(NextKeyFile(authority), KeyFile(authority));
        }
    }

    /// <summary>The account will never have it.</summary>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public void DropNextKey(string authority)
    {
        lock (_writing)
        {
            StateFile.Delete(NextKeyFile(authority));
        }
    }

    private string KeyFile(string authority) => Path.Combine(_folder, $"{authority}.key");

    private string NextKeyFile(string authority) => KeyFile(authority) + ".next";

    /// <summary>On the disk before anybody is told of it: an account whose key is lost is of no use.</summary>
    private static AccountKey Create(string file)
    {
        var key = AccountKey.Create();
        StateFile.Write(file, Encoding.ASCII.GetBytes(key.ToPem()));
        return key;
    }

    private static AccountKey? TryRead(string file)
    {
        if (StateFile.TryRead(file) is not { } bytes)
        {
            return null;
        }

        try
        {
            return AccountKey.FromPem(Encoding.ASCII.GetString(bytes));
        }
        catch (Exception damage) when (damage is CryptographicException or ArgumentException)
        {
            StateFile.PutAside(file);
            return null;
        }
    }

    private void WriteNames() =>
        Write("names.json", [.. _names.Values.OrderBy(name => name.Host, StringComparer.Ordinal)], IssuingJson.Default.IReadOnlyListNameRecord);

    private void Write<T>(string file, T content, JsonTypeInfo<T> type) =>
        StateFile.Write(Path.Combine(_folder, file), JsonSerializer.SerializeToUtf8Bytes(content, type));

    private T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        var file = Path.Combine(_folder, name);
        try
        {
            return StateFile.TryRead(file) is { } bytes ? JsonSerializer.Deserialize(bytes, type) : null;
        }
        catch (JsonException)
        {
            // The server tells the settings again, and names are looked at as new ones are.
            StateFile.PutAside(file);
            return null;
        }
    }
}
