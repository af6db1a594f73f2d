namespace Nua.Agent.Sbom.Readers;

/// <summary>Reads what unpacks to nobody knows how much.</summary>
internal static class BoundedRead
{
    /// <exception cref="InvalidDataException">There is more than that.</exception>
    public static byte[] All(Stream stream, long most)
    {
        using var content = new MemoryStream();
        var part = new byte[81920];
        while (stream.Read(part) is > 0 and var count)
        {
            if (content.Length + count > most)
            {
                throw new InvalidDataException();
            }

            content.Write(part, 0, count);
        }

        return content.ToArray();
    }
}
