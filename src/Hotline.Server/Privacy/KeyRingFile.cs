using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Hotline.Server.Privacy;

/// <summary>
/// The master keys in one file, as a secret store mounts it. It is read whole each time and never written to: a new key
/// is made by <c>keys rotate --out</c> and put into the secret by whoever keeps it.
/// </summary>
internal sealed class KeyRingFile(string path) : IXmlRepository
{
    public static XName Root { get; } = "keyRing";

    /// <exception cref="InvalidOperationException">There is no readable ring with at least one key.</exception>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        try
        {
            var root = XDocument.Load(path).Root;
            var found = root is { Name.LocalName: "key" } ? [root] : root?.Elements().ToList() ?? [];
            return found.Exists(e => e.Name == "key")
                ? found
                : throw new InvalidOperationException("Privacy:KeyRing is a file that holds no master key: mount the ring that keys rotate --out has written");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or XmlException)
        {
            throw new InvalidOperationException($"Privacy:KeyRing is a file that cannot be read as a key ring ({e.GetType().Name})", e);
        }
    }

    public void StoreElement(XElement element, string friendlyName) =>
        throw new InvalidOperationException("Privacy:KeyRing is a mounted file: make a new ring with keys rotate --out FILE");
}
