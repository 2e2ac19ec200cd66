using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Hotline.Server.Privacy;

/// <summary>
/// The master keys in a folder, each on the disk before it is used. Without that a power cut just after the first start
/// could keep the wrapped keys and lose the one that opens them.
/// </summary>
internal sealed class DurableKeyRing(DirectoryInfo folder, ILoggerFactory logs) : FileSystemXmlRepository(folder, logs)
{
    public override void StoreElement(XElement element, string friendlyName)
    {
        base.StoreElement(element, friendlyName);
        foreach (var file in Directory.EnumerateFiles("*.xml"))
        {
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.ReadWrite);
            stream.Flush(flushToDisk: true);
        }
    }
}
